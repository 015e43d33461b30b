"""Counts, rates and falls."""
