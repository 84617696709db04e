"""The kind `content`."""

from .kind import Content

__all__ = ["Content"]
