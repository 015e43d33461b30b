"""The formats of output: one module each, which knows how to draw a view and nothing of what it says."""
