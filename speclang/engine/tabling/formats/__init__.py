"""How a table is written, one file for each format that `--as-table` takes besides the terminal."""
