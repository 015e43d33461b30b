"""The overview: one page of all units, to be opened without a network."""
