"""Finds what a file leaves open: words, marks and shapes that could make another number of what stands there."""
