"""Floor 4: types, units, exact numbers, literals, typed expressions and what they mean."""
