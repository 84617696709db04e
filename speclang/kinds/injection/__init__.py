"""The kind `injection`."""

from .kind import Injection

__all__ = ["Injection"]
