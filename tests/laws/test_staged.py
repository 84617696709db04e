"""What is said of the index is what would be said of a checkout of it, whatever lies in the work tree and is remembered."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from speclang.engine.build import build
from speclang.engine.check import Report, check
from speclang.engine.fresh import look, look_at
from speclang.engine.versions.since import answerable, fork
from speclang.engine.versions.staged import staged
from tests.laws.test_incremental import Edit, by_hand, edits, start, told
from tests.strategies.git import Work


def rebuild(folder: Path) -> None:
    build(folder, discard=True)


def swept(folder: Path) -> None:
    shutil.rmtree(folder / "generated", ignore_errors=True)


def unless_gone(edit: Edit) -> Edit:
    """`edit`, where there is something to edit."""

    def change(folder: Path) -> None:
        if all((folder / "generated" / name / "trace.json").exists() for name in "ABC"):
            edit(folder)

    return change


changes = st.one_of(edits, by_hand().map(unless_gone), st.just(rebuild), st.just(swept))
steps = st.lists(
    st.tuples(changes, st.sampled_from(["stage", "stage specs", "check", "leave"])), min_size=1, max_size=5
)


def of_index(folder: Path) -> Report:
    found = staged(folder).found
    assert found is not None
    return check(folder, seen=look_at(found))


def of_checkout(work: Work) -> Report:
    with tempfile.TemporaryDirectory(prefix="specc-") as other:
        work.git("checkout-index", "--all", f"--prefix={other}/")
        return check(Path(other), afresh=True)


@settings(max_examples=max(20, settings().max_examples // 5))
@given(steps)
def test_the_index_is_judged_as_a_checkout_of_it_is(done: list[tuple[Edit, str]]) -> None:
    with tempfile.TemporaryDirectory(prefix="specc-") as name:
        work = Work(Path(name) / "work").init()
        start(work.top)
        work.git("add", "--all")
        for edit, then in done:
            edit(work.top)
            match then:
                case "stage":
                    work.git("add", "--all")
                case "stage specs":
                    work.git("add", "--all", "specs")
                case "check":
                    of_index(work.top)
                    check(work.top)
                case _:
                    pass
        whole = told(of_checkout(work))
        assert told(of_index(work.top)) == whole
        assert told(of_index(work.top)) == whole


@settings(max_examples=max(10, settings().max_examples // 10))
@given(steps, steps)
def test_what_a_branch_answers_for_is_all_that_is_new(
    before: list[tuple[Edit, str]], after: list[tuple[Edit, str]]
) -> None:
    """Nothing is told twice, nothing that was not found, and what both sides say of the same files is not told."""
    with tempfile.TemporaryDirectory(prefix="specc-") as name:
        work = Work(Path(name) / "work").init()
        start(work.top)
        for edit, _ in before:
            edit(work.top)
        work.commit()
        old = told(check(work.top, afresh=True))
        base = fork(work.top, "main")
        seen = look(work.top)
        assert answerable(check(work.top, afresh=True, seen=seen), seen, base) == ()
        for edit, _ in after:
            edit(work.top)
        seen = look(work.top)
        report = check(work.top, seen=seen)
        new = answerable(report, seen, base)
        assert set(new) <= set(report.diagnostics)
        if not old:
            assert new == report.diagnostics
