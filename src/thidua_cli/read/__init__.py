"""Read: files → text cells with their origin. The only place that opens input files."""
