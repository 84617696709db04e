"""Inputs as cells and boxes: what each given may be, as data and as people read it."""
