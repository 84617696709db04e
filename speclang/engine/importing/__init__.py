"""Files of other tools as a first spec, with a report of everything that could not be carried over."""
