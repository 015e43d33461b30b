"""Measure: observations → counts, exact rates and falls. The only stage that knows pandas."""
