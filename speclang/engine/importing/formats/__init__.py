"""One file per format that `specc import` reads: its name, with `-` for `_`, is the word that users type."""
