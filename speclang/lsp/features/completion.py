"""What may be written under the cursor."""

from collections.abc import Mapping

from lsprotocol import types

from ...engine.queries.completion import completion
from ..answering import Server
from ..desk import Desk

_KINDS: Mapping[str, types.CompletionItemKind] = {
    "keyword": types.CompletionItemKind.Keyword,
    "kind": types.CompletionItemKind.Class,
    "field": types.CompletionItemKind.Property,
    "level": types.CompletionItemKind.Property,
    "given": types.CompletionItemKind.Variable,
    "parameter": types.CompletionItemKind.Variable,
    "called": types.CompletionItemKind.Variable,
    "argument": types.CompletionItemKind.Field,
    "result": types.CompletionItemKind.Field,
    "tool": types.CompletionItemKind.Function,
    "outcome": types.CompletionItemKind.Event,
    "type": types.CompletionItemKind.TypeParameter,
    "value": types.CompletionItemKind.EnumMember,
    "term": types.CompletionItemKind.Operator,
    "unit": types.CompletionItemKind.Unit,
    "requirement": types.CompletionItemKind.Reference,
    "policy": types.CompletionItemKind.Module,
    "file": types.CompletionItemKind.File,
}


def register(server: Server) -> None:
    """Answer completions; those after these characters are asked for by themselves."""
    options = types.CompletionOptions(trigger_characters=["{", '"', " ", ".", "(", ":"])
    server.answers(types.TEXT_DOCUMENT_COMPLETION, _completion, options)


def _completion(desk: Desk, params: types.CompletionParams) -> types.CompletionList | None:
    place = desk.at(params.text_document, params.position)
    lines = place.project.lines(place.name) if place is not None else None
    if place is None or lines is None or not place.is_spec:
        return None
    found = completion(place.project.lookup, place.name, place.offset)
    if found is None:
        return None
    range = lines.range(found.start, place.offset)
    items = [
        types.CompletionItem(
            one.label,
            kind=_KINDS.get(one.sort),
            detail=one.detail or None,
            documentation=types.MarkupContent(types.MarkupKind.Markdown, one.about) if one.about else None,
            sort_text=f"{number:04}",
            text_edit=types.TextEdit(range, one.text or one.label),
        )
        for number, one in enumerate(found.suggestions)
    ]
    return types.CompletionList(is_incomplete=False, items=items)
