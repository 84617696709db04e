"""Inputs that try one condition: what each part of it hangs on, both sides of it, and combinations of the rest."""
