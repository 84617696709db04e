"""Words that the terms of a feature refuse, wherever its prompt says them.

In: the clauses of a feature and its definitions. Out: a finding for each place, with the word to write.
Invariant: looks only at the spec's own words, at their place in the spec; what users say is theirs.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from ..diagnostics.diagnostic import Diagnostic
from ..kit.texts import prompt_pieces
from ..model.definition import Definition
from ..model.identity import is_id
from ..model.outcome import Mentions, Outcome
from ..plan.clause import Clause
from ..source.span import Span
from . import errors

_NOT_OURS = ("terms", "examples")
"""Sections whose words are not the spec's own way to speak of things."""


def refused(
    clauses: Iterable[Clause], outcomes: Iterable[Outcome], definitions: Sequence[Definition]
) -> Iterator[Diagnostic]:
    """A finding for each refused word in the spec's own words: in `clauses`, and in what `outcomes` have an answer mention."""
    better = {one.plain.casefold(): (one, term) for term in definitions for one in term.avoid}
    if not better:
        return
    words = "|".join(re.escape(word) for word in sorted(better, key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)({words})(e?s)?(?!\w)", re.IGNORECASE)
    seen: set[Span] = set()
    said_of_outcomes = [
        piece
        for outcome in outcomes
        for one in outcome.observables
        if isinstance(one, Mentions)
        for piece in prompt_pieces(one.text, f"outcome {outcome.name}", "mentions", {})
    ]
    for pieces in (*(clause.pieces for clause in clauses if clause.section not in _NOT_OURS), said_of_outcomes):
        for piece in pieces:
            at = piece.origin.span
            if not piece.hole or at.end - at.start != len(piece.text):
                continue
            for found in pattern.finditer(piece.text):
                span = Span(at.unit, at.start + found.start(), at.start + found.end())
                said = better.get(found[1].casefold())
                if said is None or span in seen:
                    continue
                seen.add(span)
                word, term = said
                wanted = term.word.plain + ("s" if found[2] else "")
                if found[1][:1].isupper():
                    wanted = wanted[:1].upper() + wanted[1:]
                about = piece.origin.owner if is_id(piece.origin.owner) else ""
                yield errors.refused_word(found[0], wanted, span, term.word.plain, word.span, about)
