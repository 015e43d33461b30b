"""Files and command lines made wrong on purpose, by bytes and by structure, and what the program does with them."""
