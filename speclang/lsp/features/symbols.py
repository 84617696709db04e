"""What a file holds, and where a name of the project is declared."""

from lsprotocol import types

from ...engine.queries.outline import Entry, outline, search
from ..answering import Server
from ..convert import Converter
from ..desk import Desk


def register(server: Server) -> None:
    """Answer the outline of a file, and searches in the whole project."""
    server.answers(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, _outline)
    server.answers(types.WORKSPACE_SYMBOL, _search)


_SORTS = {
    "feature": types.SymbolKind.Module,
    "policy": types.SymbolKind.Package,
    "requirement": types.SymbolKind.Object,
    "given": types.SymbolKind.Variable,
    "tool": types.SymbolKind.Function,
    "outcome": types.SymbolKind.Event,
    "type": types.SymbolKind.Enum,
    "exclusive": types.SymbolKind.Array,
    "term": types.SymbolKind.Key,
}


def _outline(desk: Desk, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol] | None:
    place = desk.place(params.text_document.uri)
    if place is None or not place.is_spec:
        return None
    return [_symbol(one, place.project.converter) for one in outline(place.project.lookup, place.name)]


def _symbol(one: Entry, convert: Converter) -> types.DocumentSymbol:
    return types.DocumentSymbol(
        name=one.name,
        kind=_SORTS.get(one.sort, types.SymbolKind.String),
        range=convert.location(one.whole).range,
        selection_range=convert.location(one.name_range).range,
        detail=one.detail or None,
        children=[_symbol(member, convert) for member in one.members] or None,
    )


def _search(desk: Desk, params: types.WorkspaceSymbolParams) -> list[types.SymbolInformation]:
    return [
        types.SymbolInformation(
            location=project.converter.location(at),
            name=one.name,
            kind=_SORTS.get(one.what, types.SymbolKind.String),
            container_name=one.unit.parent.partition(" ")[2] or one.span.unit.file,
        )
        for project in desk.projects
        for one, at in search(project.lookup, params.query)
    ]
