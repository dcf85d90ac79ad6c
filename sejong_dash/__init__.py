"""Steer a dated event to a visitor goal: a dashboard over CSV tables."""
