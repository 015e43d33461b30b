"""The command line: parses, calls, presents and sets the exit status; nothing else."""
