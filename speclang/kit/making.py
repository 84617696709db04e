"""What kinds make again and again: slugs, graders, and what a user says in words that no spec holds.

Invariant: a slug depends on the words alone, so that the ID of a case or grader changes only if they do.
"""

from functools import lru_cache

from ..model.feature import Feature
from ..model.requirement import Level, Requirement
from ..model.text import Chunk, Text
from ..plan.grader import Grader, Setting
from ..plan.origin import Origin
from ..source.hashing import Json, digest
from ..source.span import Span
from .schema import Topic


@lru_cache(maxsize=4096)
def slug_of(text: str) -> str:
    """The first words of a text, as far as they can stand in an ID; a digest where none can or some were left out."""
    words = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in text.lower()).split()
    short = "-".join(words)[:24].strip("-")
    exact = short.replace("-", " ") == text.lower()
    return short if exact else f"{short}-{digest(text)[:4]}".strip("-")


def messages_of(topic: Topic) -> tuple[Text, ...]:
    """The messages that bring a topic up; where none is given, a plain request."""
    if topic.likes:
        return topic.likes
    at = topic.text.span
    return (Text((Chunk("Can you help me with ", at), *topic.text.pieces, Chunk("?", at)), at),)


def slug_of_message(message: Text) -> str:
    """The first words of a message and a digest of all of it: stable, and different for different messages."""
    words = "".join(
        letter if letter.isascii() and letter.isalnum() else " " for letter in message.plain.lower()
    ).split()
    return "-".join([*words[:4], digest(message.plain)[:4]])


def grader(
    requirement: Requirement,
    slug: str,
    check: str,
    at: tuple[str, Span] | None = None,
    *,
    level: Level = Level.MUST,
    always: bool = False,
    settings: tuple[tuple[str, Json], ...] = (),
) -> Grader:
    """A grader of `requirement`, from the field and place `at` (its head, if None).

    It judges every case of the feature if it may `always` and the requirement has no condition.
    """
    field, span = at or ("", requirement.head)
    origin = Origin(requirement.id, field, span)
    return Grader(
        id=f"{requirement.id}/{slug}",
        requirement=requirement.id,
        level=level,
        check=check,
        settings=tuple(Setting(name, value, origin) for name, value in settings),
        always=always and requirement.when is None and not requirement.unless and not requirement.default,
        origin=origin,
    )


def words(text: str, span: Span) -> Text:
    """`text` as a text of the spec at `span`, without holes."""
    return Text((Chunk(text, span),), span)


def joined_text(parts: tuple[Text, ...], span: Span) -> Text:
    """Texts one after the other, with a space between."""
    pieces = tuple(piece for part in parts for piece in (Chunk(" ", span), *part.pieces))
    return Text(pieces[1:], span)


def asking(feature: Feature, text: Text) -> Text:
    """The feature's first `ask`, and then `text`; `text` alone where the feature has none."""
    return joined_text((*feature.asks[:1], text), text.span)
