"""Floor 10: tree to program. Resolves names, checks types and units, reads fields by the schemas of kinds."""

from .composing.policies import bind_home
from .names import Scope
from .program import bind
from .requirements import bind_requirement

__all__ = ["Scope", "bind", "bind_home", "bind_requirement"]
