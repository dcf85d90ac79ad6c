"""Reads one cell: a day, a prefecture, a channel, a number of people."""
