"""Why a case is red, what the rules say of an input, and what cases are for."""
