"""What an official paper has around its text, the same in every format."""
