"""One instruction or one small family a file: `catalogue` tells which file has the word that a user writes."""
