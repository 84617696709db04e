"""Terms: the words of a feature and the words that stand for none of them.

In: `term "order" means "what a customer buys in one go" { avoid "purchase" }`. Out: a `model.definition.Definition`.
Invariant: in all that one block sees, a word is defined once and refused at most once, and no word is both.
"""

from ..model.definition import Definition
from ..model.text import Chunk, Text
from ..syntax import tree
from .errors import names as wrong
from .errors import shapes
from .names import Site
from .parts import gathered, text

_EXAMPLE = 'term "order" means "what a customer buys in one go"'


def definition(site: Site, item: tree.Item, known: "dict[str, Text]") -> Definition | None:
    """The term that `item` declares; `known` are the words that are defined or refused so far, in small letters."""
    match item.values:
        case (tree.Run(parts=(tree.Text() as word, tree.Name(text="means"), tree.Text() as means)),):
            pass
        case _:
            site.add(
                shapes.wrong_shape("term", "a word in quotes, `means` and what it means", _EXAMPLE, site.span(item))
            )
            return None
    fields, whole = gathered(site, item, "term", (), ("avoid",))
    said = text(site, means)
    read = [_word(site, word, known)]
    for field in fields.get("avoid", ()):
        if not field.values or not all(isinstance(value, tree.Text) for value in field.values):
            site.add(shapes.wrong_shape("avoid", "words in quotes", 'avoid "purchase", "buy"', site.span(field)))
            return None
        read += [_word(site, value, known) for value in field.values if isinstance(value, tree.Text)]
    if not whole or said is None or any(one is None for one in read):
        return None
    named, *refused = [one for one in read if one is not None]
    return Definition(named, said, tuple(refused), site.span(word))


def _word(site: Site, node: tree.Text, known: "dict[str, Text]") -> Text | None:
    """A word as it is written, if it is one and nothing else is said of it."""
    plain = " ".join(node.plain.split())
    if not plain or any(isinstance(piece, tree.Hole) for piece in node.pieces) or not plain.isprintable():
        site.add(shapes.wrong_shape("term", "a word or a few, without holes", _EXAMPLE, site.span(node)))
        return None
    word = Text((Chunk(plain, site.span(node)),), site.span(node))
    first = known.setdefault(plain.casefold(), word)
    if first is not word and first.span != word.span:
        site.add(wrong.name_taken("term", plain, site.span(node), first.span))
        return None
    return word
