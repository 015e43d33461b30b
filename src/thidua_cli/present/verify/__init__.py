"""What differs between a result and the files it rests on."""
