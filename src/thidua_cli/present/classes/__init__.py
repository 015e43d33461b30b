"""Lists of classes: what ships, what a unit has, what a file says, and a workbook to fill in."""
