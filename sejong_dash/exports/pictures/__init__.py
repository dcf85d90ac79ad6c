"""Figures as PNG and SVG, drawn by a Chrome."""
