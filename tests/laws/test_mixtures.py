"""Two prompts and every mixture of them: either is had again byte for byte, and what does not differ is never touched."""

from hypothesis import given
from hypothesis import strategies as st

from speclang.assure.comparing.pieces import Owed, mixed, owed, pieces, slots, units
from speclang.plan.artifact import Part

IDS = ("A-1", "A-2", "B-1", "B-2")
TEXTS = ("- Say yes.", "- Say no.", "## Rules", "* x\ny", "é\u2028")
ENDS = ("\n", "\n\n", "", " ")

parts = st.lists(
    st.builds(
        lambda kind, name, text, end: Part(kind, name, name, text + end, ()),
        st.sampled_from(("clause", "layout")),
        st.sampled_from(IDS),
        st.sampled_from(TEXTS),
        st.sampled_from(ENDS),
    ),
    max_size=6,
)


def told(made: list[Part]) -> tuple[str, tuple[Owed, ...]]:
    prompt = "".join(one.text for one in made)
    return prompt, owed(prompt, made)


@given(parts, parts, st.data())
def test_a_mixture_of_nothing_is_the_first_prompt_and_one_of_all_the_second(
    before: list[Part], after: list[Part], data: st.DataObject
) -> None:
    (old, of_old), (new, of_new) = told(before), told(after)
    row = slots(pieces(old, of_old), pieces(new, of_new))
    differ = units(row)
    assert mixed(row, ()) == old
    assert mixed(row, differ) == new
    assert (differ == ()) == (old == new) or of_old != of_new
    some = data.draw(st.sets(st.sampled_from(differ))) if differ else set()
    text = mixed(row, some)
    for slot in row:
        wanted = slot.after if slot.unit in some else slot.before
        assert wanted in text
        if not slot.unit:
            assert slot.before == slot.after


@given(parts, st.data())
def test_what_was_edited_by_hand_is_accounted_for_without_a_character_lost(
    made: list[Part], data: st.DataObject
) -> None:
    prompt = "".join(one.text for one in made)
    at = data.draw(st.integers(0, len(prompt)))
    edited = (
        prompt[:at]
        + data.draw(st.sampled_from(("", "X", "\n\n", "- Say")))
        + prompt[data.draw(st.integers(at, len(prompt))) :]
    )
    found = owed(edited, made)
    assert sum(length for _, _, length in found) == len(edited)
    assert "".join(one.text for one in pieces(edited, found)) == edited
