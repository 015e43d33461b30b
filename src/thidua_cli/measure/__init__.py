"""Measure: observations → counts, exact rates and falls."""
