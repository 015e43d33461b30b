"""Tables with one indicator per row and the years side by side."""
