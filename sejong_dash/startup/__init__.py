"""What the server does before the first viewer comes: checks, compression, prerendering."""
