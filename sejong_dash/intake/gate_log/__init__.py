"""Counts raw logs of the gates by day."""
