"""Geometry: where labels, lines and shapes go; no numbers of visitors."""
