"""A project that stays open, with what it remembers."""

from .memory import Stopped
from .reading import Quick
from .session import Session, View

__all__ = ["Quick", "Session", "Stopped", "View"]
