"""How models and applications are spoken to, whatever carries it there."""
