"""Many files on the second core."""
