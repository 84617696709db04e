"""The meaning of a requirement: what changes it and what does not."""

from dataclasses import dataclass, replace
from decimal import Decimal

from speclang.model.given import FromUser, Given
from speclang.model.identity import is_id, is_name, key, parts, place
from speclang.model.meaning import meaning, meaning_of
from speclang.model.outcome import Effect, Mentions, Outcome, Reach
from speclang.model.requirement import Ref, Requirement, Status
from speclang.model.text import Chunk, Slot, Text, Word
from speclang.source.span import Span, Unit
from speclang.values.expression import And, Compare, Literal, Var
from speclang.values.types import Bool, Numeric
from tests.strategies.rules import HERE

THERE = Span(Unit("other.spec", "REF-9"), 70, 90)
DAYS = Numeric("duration", "days", Decimal(86400))
HOURS = Numeric("duration", "hours", Decimal(3600))


@dataclass(frozen=True)
class Rule:
    """A kind's fields."""

    must: tuple[Effect, ...]
    note: Text | None = None


def text(*words: str, span: Span = HERE) -> Text:
    return Text(tuple(Chunk(word, span) for word in words), span)


AGE = Compare("<=", Var("age", DAYS, HERE), Literal(Decimal(2592000), DAYS, "30 days", HERE), HERE)
RECEIPT = Var("receipt", Bool(), HERE)
REF = Requirement(
    id="REF-1",
    kind="rule",
    title=text("Inside"),
    fields=Rule((Reach("approve", HERE), Mentions(text("ok"), HERE))),
    when=And((AGE, RECEIPT), HERE),
    unless=(),
    over=(Ref("REF-2", HERE), Ref("REF-3", HERE)),
    default=False,
    phrase=None,
    because=None,
    owner=None,
    tags=(),
    since=None,
    status=Status.ACTIVE,
    origin="refunds",
    span=HERE,
    head=HERE,
)


def test_layout_order_units_and_metadata_are_no_meaning() -> None:
    hours = Compare("<=", Var("age", DAYS, THERE), Literal(Decimal("2592000.0"), HOURS, "720 hours", THERE), THERE)
    same = replace(
        REF,
        id="REF-7",
        title=None,
        fields=Rule((Mentions(text("o", "k", span=THERE), THERE), Reach("approve", THERE))),
        when=And((RECEIPT, hours), THERE),
        over=(Ref("REF-3", THERE), Ref("REF-2", THERE)),
        because=text("Section 4"),
        owner=Word("legal", THERE),
        tags=(Word("x", THERE),),
        since=text("1.0"),
        span=THERE,
        head=THERE,
    )
    assert meaning(same) == meaning(REF)


def test_each_part_that_says_something_changes_the_meaning() -> None:
    others = [
        replace(REF, kind="fault"),
        replace(REF, fields=Rule((Reach("decline", HERE), Mentions(text("ok"), HERE)))),
        replace(REF, fields=Rule(REF.fields.must, text("new"))),  # type: ignore[attr-defined]
        replace(REF, when=RECEIPT),
        replace(REF, when=None),
        replace(REF, unless=(RECEIPT,)),
        replace(REF, over=()),
        replace(REF, default=True),
        replace(REF, phrase=text("Approve.")),
        replace(REF, phrase=Text((Slot("age", HERE),), HERE)),
        replace(REF, phrase=text("{age}")),
        replace(REF, status=Status.DRAFT),
    ]
    assert len({meaning(one) for one in (REF, *others)}) == len(others) + 1


def test_the_meaning_is_the_same_on_every_machine() -> None:
    assert meaning(REF) == "eb61e4d930b3c325735353f50987e197"


def test_a_declaration_means_its_type_its_words_and_its_name() -> None:
    given = Given("age", DAYS, text("the age"), None, FromUser(), (), Decimal(0), HERE)
    assert meaning_of(given) == meaning_of(replace(given, span=THERE, label=text("the ", "age", span=THERE)))
    changed = [
        replace(given, name="old"),
        replace(given, type=HOURS),
        replace(given, label=text("age")),
        replace(given, typical=Decimal(86400)),
    ]
    assert len({meaning_of(one) for one in (given, *changed)}) == 5
    outcome = Outcome("approve", text("approve"), (), HERE)
    assert meaning_of(outcome) != meaning_of(replace(outcome, observables=(Mentions(text("x"), HERE),)))


def test_names_and_ids_have_shapes() -> None:
    assert is_id("REF-1")
    assert is_id("a-b-3")
    assert not any(map(is_id, ("REF", "REF-", "-1", "REF 1", "REF-1 ", "A-" * 60 + "1")))
    assert is_name("order_id")
    assert not any(map(is_name, ("1a", "a-b", "", "é")))


def test_keys_go_both_ways_and_ids_sort_as_people_sort() -> None:
    assert [key("given", "age"), key("ask"), key("ask", nth=2)] == ["given age", "ask", "ask#2"]
    assert [parts("given age"), parts("ask#2"), parts("REF-1")] == [
        ("given", "age", 1),
        ("ask", "", 2),
        ("", "REF-1", 1),
    ]
    assert sorted(["REF-10", "REF-2", "LAW-1"], key=place) == ["LAW-1", "REF-2", "REF-10"]
