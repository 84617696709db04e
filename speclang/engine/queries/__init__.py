"""What an editor asks of an open project: plain data in, plain data out, no word of any protocol."""
