"""Clean files spoilt in one cell at a time, and what the program says of them: `python -m doubts` prints the table."""
