"""Why a case is red."""
