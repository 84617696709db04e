"""What requirements ask of the text of an answer, compared with each other and with what the prompt shows."""
