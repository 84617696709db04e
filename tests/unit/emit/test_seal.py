"""The lock names every part of every artifact with the hash of its text."""

from speclang.emit.emit import emit
from speclang.emit.seal import seal
from speclang.lock.lockfile import Lock, read, write
from speclang.plan.plan import FeaturePlan, Plan
from speclang.source.hashing import digest
from tests.strategies.plans import FILE, places, plan


def sealed(some: FeaturePlan, spec: str = "x", config: str = "c") -> Lock:
    artifacts = emit(Plan((some,)), places()).value
    return seal((some,), artifacts, {FILE: digest(spec)}, {"refunds": (1, 1, 0)}, version="1", config=config)


def test_every_part_has_an_entry() -> None:
    artifacts = emit(Plan((plan(),)), places()).value
    wanted = {(a.path, part.kind, part.id, part.owner, digest(part.text)) for a in artifacts for part in a.parts}
    assert set(sealed(plan()).parts) == wanted


def test_no_two_parts_of_a_file_share_kind_and_id() -> None:
    parts = sealed(plan()).parts
    assert len({part[:3] for part in parts}) == len(parts)


def test_the_lock_is_read_back() -> None:
    lock = sealed(plan())
    assert read(write(lock)) == (lock, ())


def test_a_changed_case_changes_its_own_line() -> None:
    before = write(sealed(plan())).splitlines()
    after = write(sealed(plan("", "", "", "", "another ask"))).splitlines()
    changed = [line for line in after if line not in before]
    kinds = sorted(line.split()[0] + " " + " ".join(line.split()[2:4]) for line in changed)
    assert len(before) == len(after)
    assert kinds == sorted(
        [
            f"file refunds {digest(emit_text(1, 'another ask'))}",
            f"file refunds {digest(emit_text(2, 'another ask'))}",
            "part case REF-1/boundary/age=30_days",
            "part case REF-1/nominal",
            "part layout trace",
        ]
    )


def emit_text(number: int, ask: str) -> str:
    return emit(Plan((plan("", "", "", "", ask),)), places()).value[number].text


def test_a_changed_input_changes_the_digest_of_inputs() -> None:
    one, other, third = sealed(plan()), sealed(plan(), spec="y"), sealed(plan(), config="d")
    assert len({lock.files[0].inputs for lock in (one, other, third)}) == 3
