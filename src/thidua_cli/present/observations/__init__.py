"""Observations, and how they were read."""
