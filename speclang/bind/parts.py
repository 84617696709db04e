"""What blocks are made of: fields by name, texts with their holes resolved, words.

In: items and texts of the tree. Out: items by field, and a `model.text.Text` whose slots name givens or parameters of tools.
Invariant: every piece of a text keeps the place of its characters.
"""

from collections.abc import Collection, Mapping

from ..model.text import Chunk, Piece, Slot, Text, Word
from ..model.tool import Tool
from ..source.span import Span
from ..syntax import tree
from .errors import names as wrong
from .errors import shapes
from .names import Entry, Site


def gathered(
    site: Site, item: tree.Item, owner: str, single: Collection[str], many: Collection[str]
) -> dict[str, list[tree.Item]] | None:
    """The fields in the body of `item` by name, in order; None if some field is unknown, once all are reported.

    Fields of `single` may be written once. `owner` is what has the fields, in the words of the spec (`given`, `rule`).
    """
    found: dict[str, list[tree.Item]] = {}
    sound = True
    for one in item.body or ():
        name = one.head.text
        if one.id is not None:
            site.add(
                wrong.out_of_place("A requirement", f"inside `{owner}`", "into the feature itself", site.span(one.id))
            )
            sound = False
        elif name in single:
            if name in found:
                site.add(shapes.field_twice(name, site.span(one.head), site.span(found[name][0].head)))
                sound = False
            else:
                found[name] = [one]
        elif name in many:
            found.setdefault(name, []).append(one)
        else:
            site.add(wrong.unknown_field(name, owner, site.span(one.head), (*single, *many)))
            sound = False
        if one.body is not None and sound:
            site.add(wrong.out_of_place("A block", f"inside `{owner}`", "into the feature itself", site.span(one)))
            sound = False
    return found if sound else None


def text(site: Site, node: tree.Text) -> Text | None:
    """`node` with its holes resolved; None where one names nothing."""
    pieces: list[Piece] = []
    sound = True
    for piece in node.pieces:
        if isinstance(piece, tree.Chunk):
            pieces.append(Chunk(piece.text, site.span(piece)))
        elif _known(site, piece):
            pieces.append(Slot(piece.path, site.span(piece)))
        else:
            sound = False
    return Text(tuple(pieces), site.span(node)) if sound else None


def _known(site: Site, hole: tree.Hole) -> bool:
    scope = site.scope
    path = hole.path.strip()
    given = scope.givens.get(path)
    if given is not None:
        return given.value is not None
    if path in scope.parameters:
        return True
    owner, _, parameter = path.partition(".")
    tool = scope.tools.get(owner)
    if tool is not None and parameter:
        if tool.value is None or any(one.name == parameter for one in tool.value.parameters):
            return tool.value is not None
        span = _inside(site, hole)
        site.add(wrong.unknown_name("parameter", path, span, tuple(f"{owner}.{p.name}" for p in tool.value.parameters)))
        return False
    if scope.open.isdisjoint(("given", "tool")) and not _broken(scope.tools):
        site.add(wrong.unknown_name("given", path, _inside(site, hole), (*scope.givens, *scope.parameters)))
    return False


def _broken(tools: Mapping[str, Entry[Tool]]) -> bool:
    """Whether some tool could not be read: the hole may name a parameter of it."""
    return any(entry.value is None for entry in tools.values())


def _inside(site: Site, hole: tree.Hole) -> Span:
    """The name between the braces, so that a fix writes a name and not a hole."""
    span = site.span(hole)
    return span._replace(start=span.start + 1, end=span.end - 1)


def word(site: Site, node: tree.Name | tree.Id) -> Word:
    """`node` as a word."""
    return Word(node.text, site.span(node))


def wording(words: str, span: Span) -> Text:
    """A text that the spec leaves to the compiler; `span` is what it is made from."""
    return Text((Chunk(words, span),), span)


def value_span(site: Site, item: tree.Item, at: tree.Value | None = None) -> Span:
    """Where `at` stands; else all values of a field; else its name."""
    if at is not None:
        return site.span(at)
    if item.values:
        return site.span(item.values[0])._replace(end=item.values[-1].end)
    return site.span(item.head)
