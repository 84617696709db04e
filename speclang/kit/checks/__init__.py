"""Pure answer checks: `(answer, **settings) -> Verdict`, found by name, loaded when first used."""

from .catalogue import CHECKS, find

__all__ = ["CHECKS", "find"]
