"""Compute coverage, pace and forecast of a season from its counts."""
