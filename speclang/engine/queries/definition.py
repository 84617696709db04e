"""Where the word at a place is declared; from a generated file, where the spec says what stands there.

In: a place. Out: ranges. Invariant: an answer from a generated file is read off the source map of what was compiled last.
"""

from ...source.span import Range
from ...trace.links import at
from .lookup import Lookup


def definition(lookup: Lookup, name: str, offset: int) -> tuple[Range, ...]:
    """The declarations that are meant at `offset` of a spec."""
    spot = lookup.spot(name, offset)
    if spot is None:
        return ()
    if spot.use is not None and spot.use.what == "file":
        target = lookup.names.target(name, spot.use.name)
        return () if target is None else (Range(target, 0, 0),)
    found = lookup.place(spot.declared.span) if spot.declared is not None else None
    return () if found is None else (found,)


def stated(lookup: Lookup, name: str, offset: int) -> tuple[Range, ...]:
    """Where the spec says what stands at `offset` of a generated file."""
    view = lookup.session.view
    artifacts = view.opened.compiled.artifacts if view is not None else ()
    artifact = next((one for one in artifacts if one.path == name), None)
    spot = at(artifact, offset) if artifact is not None else None
    if spot is None or spot.origin is None:
        return ()
    found = lookup.place(spot.origin.span)
    return () if found is None else (found,)
