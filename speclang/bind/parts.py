"""What blocks are made of: fields by name, texts with their holes resolved, words.

In: items and texts of the tree. Out: items by field, and a `model.text.Text` whose slots name givens or parameters of tools.
Invariant: every piece of a text keeps the place of its characters.
"""

from collections.abc import Collection, Mapping

from ..model.text import Chunk, Piece, Slot, Text, Word
from ..model.tool import Tool
from ..source.span import Span
from ..syntax import tree
from ..values.bounds import WORDS, asked
from ..values.bounds import hole as showing
from ..values.showing import spoken
from .errors import names as wrong
from .errors import phrases as unbound
from .errors import shapes
from .names import Argument, Entry, Site


def gathered(
    site: Site,
    item: tree.Item,
    owner: str,
    single: Collection[str],
    many: Collection[str],
    shared: Collection[str] = (),
) -> tuple[dict[str, list[tree.Item]], bool]:
    """The known fields in the body of `item` by name, in order, and whether that is all; what else there is, is reported.

    Fields of `single` may be written once, those of `shared` belong to others too. `owner` is what has the fields, in the words of the
    spec (`given`, `rule`).
    """
    found: dict[str, list[tree.Item]] = {}
    sound = True
    own = tuple(name for name in (*single, *many) if name not in shared)
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
            site.add(wrong.unknown_field(name, owner, site.span(one.head), own, tuple(shared)))
            sound = False
        if one.body is not None and sound:
            site.add(wrong.out_of_place("A block", f"inside `{owner}`", "into the feature itself", site.span(one)))
            sound = False
    return found, sound


def text(site: Site, node: tree.Text) -> Text | None:
    """`node` with its holes resolved; None where one names nothing."""
    pieces: list[Piece] = []
    sound = True
    for piece in node.pieces:
        if isinstance(piece, tree.Chunk):
            pieces.append(Chunk(piece.text, site.span(piece)))
            continue
        filled = site.scope.arguments.get(piece.path.strip())
        bound = _bound(site, piece)
        if filled is not None or bound is not None:
            chunks = _filled(site, filled) if filled is not None else bound
            sound = sound and bool(chunks)
            pieces.extend(chunks or ())
        elif _known(site, piece):
            pieces.append(Slot(piece.path, site.span(piece)))
        else:
            sound = False
    return Text(tuple(pieces), site.span(node)) if sound else None


def _filled(site: Site, argument: Argument) -> list[Chunk] | None:
    """The value of a policy's parameter as it stands in a text."""
    if argument.value is None or argument.unit is None:
        return None
    if isinstance(argument.node, tree.Text):
        at = site.at(argument)
        return [
            Chunk(one.text, at.span(one), argument.name) for one in argument.node.pieces if isinstance(one, tree.Chunk)
        ]
    return [Chunk(spoken(argument.value), argument.value.span, argument.name)]


def _bound(site: Site, hole: tree.Hole) -> list[Chunk] | None:
    """What `{age.limit}` shows; nothing, once reported, where it is not there; None for a hole of another sort."""
    name, _, word = hole.path.strip().partition(".")
    if word not in WORDS or name not in site.scope.givens:
        return None
    if site.bounds is None:
        return []
    found = asked(name, word, site.bounds)
    if len(found) == 1:
        literal = found[0].literal
        return [Chunk(spoken(literal), literal.span, found[0].field)]
    path, span = hole.path.strip(), site.span(hole)
    own = [one for one in site.bounds if one.given == name]
    others = tuple(dict.fromkeys(written for one in own if (written := showing(one, site.bounds)) is not None))
    if found:
        shown = [(spoken(one.literal), one.span) for one in found]
        site.add(unbound.two_bounds(path, shown, span, others))
    else:
        site.add(unbound.no_bound(path, name, span, others))
    return []


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
        known = (*scope.givens, *scope.parameters, *scope.arguments)
        site.add(wrong.unknown_name("given", path, _inside(site, hole), known))
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
