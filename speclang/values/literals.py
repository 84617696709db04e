"""Text <-> value by type: what `showing` writes, `reading` reads.

Laws: `read(show(v, t), t) == v`, the same for `spell`, and `from_json(to_json(v, t), t) == v`.
"""

from .errors import Problem
from .reading import from_json, number, read
from .showing import MISSING, show, slug, spell, to_json

__all__ = ["MISSING", "Problem", "from_json", "number", "read", "show", "slug", "spell", "to_json"]
