"""What the file of an office sets, and what stands without it."""
