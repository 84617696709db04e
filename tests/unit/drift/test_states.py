"""How a file of a single part stands: a source map is compared as a whole where nobody has touched it."""

from speclang.drift.match import Segment
from speclang.drift.states import State, compare
from speclang.plan.artifact import Artifact, Part
from speclang.source.hashing import digest

NOW = '{"units":{"all.spec":{"R-1":[9,20]}}}\n'
BUILT = '{"units":{"all.spec":{"R-1":[4,15]}}}\n'
MAP = Artifact("generated/desk/trace.json", "desk", (Part("layout", "trace", "feature desk", NOW, ()),))
KEY = "layout", "trace"


def test_a_map_that_is_as_it_was_built_is_out_of_date_as_a_whole() -> None:
    (found,) = compare(MAP, BUILT, {KEY: digest(BUILT)})
    assert (found.state, found.theirs, found.text) == (State.STALE, Segment(0, len(BUILT)), BUILT)
    assert compare(MAP, NOW, {KEY: digest(NOW)}) == ()


def test_a_map_that_somebody_has_touched_is_looked_into() -> None:
    found = compare(MAP, BUILT.replace("R-1", "R-2"), {KEY: digest(BUILT)})
    assert found
    assert all(one.state is not State.STALE for one in found)
