"""Word documents: parts written as XML, and templates of an office's own that are filled in."""
