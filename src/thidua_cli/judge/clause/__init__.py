"""One clause of a rule, decided for one unit."""
