"""One document per unit."""
