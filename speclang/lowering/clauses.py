"""What each requirement and declaration adds to the prompt.

In: one requirement or declaration. Out: its clause, or none. Invariant: a clause depends on its own requirement and on the
declarations that it names, never on other requirements.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from ..kit.conditions import joined
from ..kit.kind import Kind
from ..kit.schema import RequirementFields
from ..kit.texts import prompt_pieces, variable
from ..kit.wording import Say, capitalised
from ..model.definition import Definition
from ..model.feature import Feature
from ..model.given import FromContext, Given
from ..model.requirement import Requirement
from ..model.tool import Tool
from ..plan.clause import Clause, Piece
from ..plan.origin import Origin
from ..values.showing import show
from ..values.types import Bool, Numeric, Optional

_KIB = 1024


def declared(feature: Feature) -> Iterator[Clause]:
    """The clauses of the feature's declarations: its role, what the caller knows, its tools."""
    givens = {given.name: given for given in feature.givens}
    if feature.role is not None:
        owner = f"feature {feature.name}"
        yield from _clause(owner, "role", prompt_pieces(feature.role, owner, "role", givens))
    for given in feature.givens:
        if isinstance(given.source, FromContext):
            yield from _clause(f"given {given.name}", "context", _known(given))
    for term in feature.definitions:
        yield from _clause(term.owner, "terms", _term(term, givens))
    for tool in feature.tools:
        if tool.silent:
            continue
        yield from _clause(f"tool {tool.name}", "tools", _tool(tool, givens))


def stated(
    requirement: Requirement, kind: Kind[RequirementFields], say: Say, givens: Mapping[str, Given]
) -> Iterator[Clause]:
    """The clause of one requirement, if its kind adds any: its `phrase` word for word, else as the kind words it."""
    if requirement.phrase is not None:
        pieces: Iterable[Piece] = prompt_pieces(requirement.phrase, requirement.id, "phrase", givens)
    else:
        pieces = kind.clause(requirement, say)
    yield from _clause(requirement.id, kind.section, pieces)


def _clause(owner: str, section: str, pieces: Iterable[Piece]) -> Iterator[Clause]:
    kept = tuple(piece for piece in pieces if piece.text)
    if kept:
        yield Clause(owner, section, kept)


def _known(given: Given) -> Iterator[Piece]:
    """`The customer's tier: {{ tier }}`."""
    owner = f"given {given.name}"
    own = Origin(owner, "", given.span)
    plain = given.type.of if isinstance(given.type, Optional) else given.type
    if isinstance(plain, Bool):
        yield Piece("Whether ", own)
        yield from prompt_pieces(given.label, owner, "name", {})
    else:
        yield from capitalised(prompt_pieces(given.label, owner, "name", {}))
    yield Piece(": ", own)
    yield Piece(variable(given.name), own)


def _term(term: Definition, givens: Mapping[str, Given]) -> Iterator[Piece]:
    """`"order" means what a customer buys in one go. Do not call it "purchase".`"""
    own = Origin(term.owner, "", term.span)
    yield Piece('"', own)
    yield from prompt_pieces(term.word, term.owner, "term", givens)
    yield Piece('" means ', own)
    means = prompt_pieces(term.means, term.owner, "means", givens)
    yield from means
    if means and not means[-1].text.rstrip().endswith((".", "!")):
        yield Piece(".", own)
    if term.avoid:
        yield Piece(" Do not call it ", own)
        refused = [
            (Piece('"', own), *prompt_pieces(one, term.owner, "avoid", givens), Piece('"', own)) for one in term.avoid
        ]
        yield from joined(refused, "or", own)
        yield Piece(".", own)


def _tool(tool: Tool, givens: Mapping[str, Given]) -> Iterator[Piece]:
    """``lookup_order`: Looks up one order. Results over 8 KiB are cut off there.``"""
    owner = f"tool {tool.name}"
    own = Origin(owner, "", tool.span)
    yield Piece(f"`{tool.name}`", own)
    if tool.about is not None:
        yield Piece(": ", own)
        about = prompt_pieces(tool.about, owner, "about", givens)
        yield from about
        if about and not about[-1].text.rstrip().endswith((".", "!")):
            yield Piece(".", own)
    if tool.limit is not None:
        unit = "bytes" if tool.limit % _KIB else "KiB"
        limit = show(Decimal(tool.limit), Numeric("bytes", unit, Decimal(1)))
        lead = " " if tool.about is not None else ": "
        yield Piece(f"{lead}A result longer than {limit} is cut off there.", Origin(owner, "limit", tool.span))
