"""How the unit tables are built: lists of three days in, dated rows and events out. Run by build_units.py."""
