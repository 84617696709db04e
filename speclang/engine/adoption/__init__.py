"""An existing prompt as a first spec and a layout, which build exactly that prompt."""
