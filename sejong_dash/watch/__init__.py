"""Lets whoever runs the server see how it is: health, figures, log, and a page with all of it."""
