"""From findings to the other values a figure may have: what each finding leaves possible, and for which units."""
