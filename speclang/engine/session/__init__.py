"""A project that stays open, with what it remembers."""

from .memory import Stopped
from .reading import Quick
from .session import Session, View
from .showing import Showing

__all__ = ["Quick", "Session", "Showing", "Stopped", "View"]
