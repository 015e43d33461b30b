"""The canonical table: one row per unit and year-end, columns by their English names."""
