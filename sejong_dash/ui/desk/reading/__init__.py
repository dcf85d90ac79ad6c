"""How a file was read, the questions about it, and its rows to correct."""
