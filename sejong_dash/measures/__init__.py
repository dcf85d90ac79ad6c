"""Compute the figures: tables in, tables out, without files, words or drawings."""
