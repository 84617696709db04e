"""What graders ask of one text, and which of them no text can meet together."""
