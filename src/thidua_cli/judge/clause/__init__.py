"""One clause, decided for one unit."""
