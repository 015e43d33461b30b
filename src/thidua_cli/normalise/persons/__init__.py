"""Lists of persons and households: told by what their rows hold, and never read."""
