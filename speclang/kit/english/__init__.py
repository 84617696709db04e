"""English about givens: a clause denied, a value said by a user."""
