"""Which layer broke first in a conversation: the steps that break, what the model made of them, and the verdict."""
