"""One file per capability: what is asked of the engine for it, and how the answer is told."""
