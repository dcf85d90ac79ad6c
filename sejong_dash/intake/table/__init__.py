"""Understands a table: its headings, its rows, its totals."""
