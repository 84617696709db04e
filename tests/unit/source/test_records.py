"""Records are dataclasses to whoever uses them; only their price differs."""

import copy
import dataclasses
import pickle
import subprocess
import sys
from collections.abc import Callable
from typing import ClassVar, Generic, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speclang.source import records

T = TypeVar("T")


@records.dataclass(frozen=True, slots=True)
class Ours(Generic[T]):
    """A record."""

    held: T
    said: str = "so"
    at: int = records.field(default=0, compare=False, repr=False)
    KIND: ClassVar[str] = "ours"


@dataclasses.dataclass(frozen=True, slots=True)
class Theirs(Generic[T]):
    """The same, by the standard library."""

    held: T
    said: str = "so"
    at: int = dataclasses.field(default=0, compare=False, repr=False)
    KIND: ClassVar[str] = "theirs"


@records.dataclass(frozen=True, slots=True)
class Longer(Ours[int]):
    """A record with one field more than its base."""

    more: tuple[int, ...] = ()


@records.dataclass(slots=True)
class Open:
    """A record that may change."""

    count: int
    found: list[int] = records.field(default_factory=list[int])

    def __post_init__(self) -> None:
        self.count += 1


@records.dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A record whose fields are named."""

    one: int
    two: int = 2


values = st.builds(lambda held, said, at: (held, said, at), st.integers(0, 2), st.sampled_from("ab"), st.integers(0, 2))


@given(values, values)
def test_records_are_equal_hashed_and_shown_as_dataclasses_are(
    one: tuple[int, str, int], other: tuple[int, str, int]
) -> None:
    ours, theirs = (Ours(*one), Ours(*other)), (Theirs(*one), Theirs(*other))
    assert (ours[0] == ours[1]) == (theirs[0] == theirs[1])
    assert (hash(ours[0]) == hash(ours[1])) == (hash(theirs[0]) == hash(theirs[1]))
    assert repr(ours[0]).replace("Ours", "Theirs") == repr(theirs[0])


@pytest.mark.parametrize("kind", [Ours, Theirs])
@pytest.mark.parametrize(
    "wrong",
    [
        lambda kind: kind(),
        lambda kind: kind(1, "a", 2, 3),
        lambda kind: kind(1, held=2),
        lambda kind: kind(1, unknown=2),
    ],
)
def test_a_call_with_wrong_arguments_is_a_type_error(
    kind: type[object], wrong: Callable[[type[object]], object]
) -> None:
    with pytest.raises(TypeError):
        wrong(kind)


@pytest.mark.parametrize("default", [[], {}, dataclasses.field(default=1)])
def test_a_default_that_may_change_or_is_of_another_make_is_refused(default: object) -> None:
    body = {"__annotations__": {"held": int}, "held": default, "__qualname__": "Wrong"}
    with pytest.raises(TypeError, match=r"Wrong\.held"):
        records.dataclass(frozen=True, slots=True)(type("Wrong", (), body))


def test_a_frozen_record_does_not_change() -> None:
    one = Ours(1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.said = "other"  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        del one.said
    assert not hasattr(one, "__dict__")


def test_a_record_that_may_change_does_and_has_no_hash() -> None:
    one, other = Open(1), Open(1)
    one.found.append(3)
    assert (one.count, one.found, other.found) == (2, [3], [])
    assert one != other
    with pytest.raises(TypeError):
        hash(one)


def test_fields_that_must_be_named() -> None:
    assert Named(one=1) == Named(one=1, two=2)
    assert Named.__match_args__ == ()
    with pytest.raises(TypeError):
        Named(1)  # type: ignore[call-arg]


def test_a_record_inherits_the_fields_of_its_base() -> None:
    one = Longer(1, "a", 5, (2,))
    assert (one.held, one.said, one.at, one.more) == (1, "a", 5, (2,))
    assert one != Longer(1, "a", 5, (3,))
    assert one != Ours(1, "a", 5)
    assert one.KIND == "ours"


def test_the_standard_library_knows_a_record() -> None:
    assert dataclasses.is_dataclass(Ours)
    assert dataclasses.is_dataclass(Longer(1))
    ours, theirs = dataclasses.fields(Ours), dataclasses.fields(Theirs)
    assert [(one.name, one.type, one.default, one.compare, one.repr) for one in ours] == [
        (one.name, one.type, one.default, one.compare, one.repr) for one in theirs
    ]
    assert [one.name for one in dataclasses.fields(Longer)] == ["held", "said", "at", "more"]
    assert dataclasses.replace(Ours(1), said="b") == records.replace(Ours(1), said="b") == Ours(1, "b")


def test_a_record_can_be_matched_copied_and_sent() -> None:
    match Ours(1, "a"):
        case Ours(held, said):
            assert (held, said) == (1, "a")
    one = Ours(1, "a", 7)
    for back in (copy.copy(one), copy.deepcopy(one), pickle.loads(pickle.dumps(one))):  # noqa: S301 - of our own making
        assert back == one
        assert back.at == 7


def test_replacing_a_field_that_is_not_there_is_a_type_error() -> None:
    with pytest.raises(TypeError):
        records.replace(Ours(1), other=2)  # type: ignore[call-arg]


def test_declaring_a_record_does_not_import_dataclasses() -> None:
    script = "import sys, speclang.source.span; print('dataclasses' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"


def test_fields_that_are_compared_are_known_of_records_and_of_dataclasses_and_of_nothing_else() -> None:
    assert records.compared(Ours) == records.compared(Theirs) == ["held", "said"]
    assert records.compared(int) is None
