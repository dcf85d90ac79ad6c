"""Slides for PowerPoint and Hancom."""
