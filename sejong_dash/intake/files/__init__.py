"""Reads the rows of a file, whatever it is: text, workbook, web page."""
