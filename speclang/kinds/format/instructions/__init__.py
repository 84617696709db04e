"""One instruction a file; the file's name is the word that a user writes."""
