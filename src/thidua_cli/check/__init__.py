"""Check: observations × units → findings. One module per family."""
