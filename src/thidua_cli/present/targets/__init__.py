"""Attainment of targets."""
