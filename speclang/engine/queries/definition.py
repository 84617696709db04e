"""Where the word at a place is declared; from a generated file, where the spec says what stands there.

In: a place. Out: ranges. Invariant: an answer from a generated file is read off the source map of what was compiled last.
"""

from ...source.span import Range
from .generated import spot
from .lookup import Lookup


def definition(lookup: Lookup, name: str, offset: int) -> tuple[Range, ...]:
    """The declarations that are meant at `offset` of a spec."""
    word = lookup.spot(name, offset)
    if word is None:
        return ()
    if word.use is not None and word.use.what == "file":
        target = lookup.names.target(name, word.use.name)
        return () if target is None else (Range(target, 0, 0),)
    found = lookup.place(word.declared.span) if word.declared is not None else None
    return () if found is None else (found,)


def stated(lookup: Lookup, name: str, offset: int) -> tuple[Range, ...]:
    """Where the spec says what stands at `offset` of a generated file."""
    found = spot(lookup, name, offset)
    at = lookup.place(found[0].origin.span) if found is not None and found[0].origin is not None else None
    return () if at is None else (at,)
