"""The parts that a page is made of: an exhibit with its caption and downloads, and the controls beside it."""
