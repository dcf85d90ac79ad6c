"""A report as HTML, and as PDF printed from it."""
