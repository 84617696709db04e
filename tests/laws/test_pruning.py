"""The choice of cases keeps every group and every kill, and is as small as trying all choices shows it can be."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from speclang.assure.pruning import Piece, choose

PIECES = st.lists(
    st.tuples(st.integers(0, 3), st.frozensets(st.integers(0, 5), max_size=4), st.integers(0, 3)), max_size=9
).map(lambda listed: [Piece(f"C-{at}", group, kills, float(cost)) for at, (group, kills, cost) in enumerate(listed)])


def keeps(chosen: list[Piece], pieces: list[Piece]) -> bool:
    groups = {one.group for one in chosen} == {one.group for one in pieces}
    return groups and {kill for one in chosen for kill in one.kills} == {kill for one in pieces for kill in one.kills}


@given(PIECES)
def test_the_choice_keeps_all_and_no_smaller_one_does(pieces: list[Piece]) -> None:
    found = choose(pieces)
    chosen = [one for one in pieces if one.id in found.kept]
    assert [one.id for one in chosen] == list(found.kept)
    assert keeps(chosen, pieces)
    assert found.beyond == 0
    assert not any(keeps(list(some), pieces) for some in combinations(pieces, max(0, len(chosen) - 1)) if chosen)


@given(PIECES)
def test_the_same_cases_give_the_same_choice_and_copies_add_nothing(pieces: list[Piece]) -> None:
    found = choose(pieces)
    assert choose(pieces) == found
    copies = [Piece(f"{one.id}+", one.group, one.kills, one.cost + 1) for one in pieces]
    assert choose([*pieces, *copies]).kept == found.kept


@given(st.integers(9, 20))
def test_where_too_many_are_left_to_try_all_the_bound_holds(count: int) -> None:
    pieces = [
        Piece(f"C-{at}", at % 4, frozenset({at, (at * 7) % count, count + at % 3}), 1.0) for at in range(2 * count)
    ]
    found = choose(pieces)
    chosen = [one for one in pieces if one.id in found.kept]
    assert keeps(chosen, pieces)
    assert len(chosen) - found.beyond <= len({one.group for one in pieces}) or found.beyond == 0
