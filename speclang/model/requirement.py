"""One requirement, resolved and typed."""

from collections.abc import Hashable
from enum import StrEnum
from typing import Protocol

from ..source.records import dataclass, field
from ..source.span import Span
from ..values.expression import Expr
from .reliability import Holds, KnownFailure
from .text import Text, Word


class Level(StrEnum):
    """How binding a requirement is (RFC 2119): `must` and `must_not` gate, the others report against a threshold."""

    MUST = "must"
    MUST_NOT = "must_not"
    SHOULD = "should"
    SHOULD_NOT = "should_not"
    MAY = "may"


class Status(StrEnum):
    """`draft` is compiled and never gates; `active` gates; `retired` only keeps its ID from being used again."""

    DRAFT = "draft"
    ACTIVE = "active"
    RETIRED = "retired"


class Fields(Protocol, Hashable):
    """The typed fields of one requirement: an immutable value of its kind's schema."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A requirement named by another, as in `over REF-1`."""

    id: str
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """`kind` names a file of `kinds/` (or a foreign kind); `fields` is that kind's own typed data.

    `when` is None for a requirement that always holds. `over` beats the requirements it names where both apply; `unless`
    are conditions under which this one does not apply; `default` decides where nothing else does. `origin` is the feature
    or policy that states it. `replaces` are requirements of policies in whose place this one stands; `was` are the IDs that
    it had before, oldest first. `holds` says how often it must hold, where it says so; `known` are its marks as known to fail.
    """

    id: str
    kind: str
    title: Text | None
    fields: Fields
    when: Expr | None
    unless: tuple[Expr, ...]
    over: tuple[Ref, ...]
    default: bool
    phrase: Text | None
    because: Text | None
    owner: Word | None
    tags: tuple[Word, ...]
    since: Text | None
    status: Status
    origin: str
    span: Span = field(compare=False, repr=False)
    head: Span = field(compare=False, repr=False)
    replaces: tuple[Ref, ...] = ()
    was: tuple[Ref, ...] = ()
    holds: Holds | None = None
    known: tuple[KnownFailure, ...] = ()
