"""Tables with one unit per row, as the official forms have them."""
