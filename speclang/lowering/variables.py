"""The variables of a prompt in the syntax of the program that fills them.

In: the clauses of a feature, with variables as `{{ name }}`. Out: the same in the feature's syntax. In an f-string, braces of
the text are doubled, so that only variables are filled.
Invariant: what the spec says is shown as it stands, but for those braces.
"""

from collections.abc import Iterable, Iterator

from ..kit.texts import variable
from ..model.feature import Feature, Style
from ..model.given import FromContext
from ..plan.clause import Clause, Piece
from ..source.records import replace


def styled(clauses: Iterable[Clause], feature: Feature) -> Iterator[Clause]:
    """`clauses` with their variables as `feature` wants them."""
    if feature.variables is Style.JINJA:
        yield from clauses
        return
    names = {variable(one.name): one.name for one in feature.givens if isinstance(one.source, FromContext)}
    for clause in clauses:
        yield replace(clause, pieces=tuple(_styled(piece, names, feature.variables) for piece in clause.pieces))


def _styled(piece: Piece, names: dict[str, str], style: Style) -> Piece:
    name = None if piece.hole else names.get(piece.text)
    if name is not None:
        return replace(piece, text=f"{{{{{name}}}}}" if style is Style.HANDLEBARS else f"{{{name}}}")
    if style is Style.FSTRING and ("{" in piece.text or "}" in piece.text):
        return replace(piece, text=piece.text.replace("{", "{{").replace("}", "}}"), hole=False)
    return piece
