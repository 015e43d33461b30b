"""What a cell or a heading holds, judged in one place for every kind of table."""
