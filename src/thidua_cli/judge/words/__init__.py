"""What a verdict says of itself, in both languages."""
