"""The kind `format`: what an answer looks like. One instruction, or a small family, is one file of `instructions/`."""

from .kind import Fields, Format

__all__ = ["Fields", "Format"]
