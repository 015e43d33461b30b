"""Lists of classes as officers hold them."""
