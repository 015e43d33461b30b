"""Normalise: cells → observations. Finds the table, its header, year and units; reads Vietnamese numbers."""
