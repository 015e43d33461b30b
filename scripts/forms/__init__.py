"""Official forms and the canonical table, written for samples, tests and benchmarks."""
