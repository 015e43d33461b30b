"""Empty forms to fill in."""
