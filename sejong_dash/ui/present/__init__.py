"""The meeting: slides on the whole screen."""
