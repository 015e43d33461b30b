"""What was recognised, kept for those who ask how a file was read."""
