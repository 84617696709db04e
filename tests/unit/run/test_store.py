"""The store, on SQLite and on a real PostgreSQL: what is kept is there again, once, and a store of another time is moved or refused."""

import os
import pwd
import shutil
import socket
import sqlite3
import subprocess
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
import sqlalchemy as sql

from speclang.grading.judging.ballot import Outcome, Say, Vote
from speclang.project.writing import memory
from speclang.run.asking import Reply, Unusable
from speclang.run.store import moving
from speclang.run.store.database import FILE, Store, open_store
from speclang.run.store.judgements import Asked
from speclang.run.store.link import to_address, to_file
from speclang.run.store.reading import judged
from speclang.run.store.rows import Kept, Run, Verdict, packed, unpacked
from speclang.run.store.schema import COLUMNS, tables
from speclang.source.hashing import digest
from speclang.source.records import replace

STEPS = {
    "step_0001.py": "eff026eb83ddcafd878c4103338b6801",
    "step_0002.py": "426fa36c38c49c4f433a5a3ebb763b95",
    "step_0003.py": "39cd9420993757d8607149c81c059aba",
    "step_0004.py": "86f87c421db064e09fafd4db07002b43",
    "step_0005.py": "0ad3768a340bc877ce68a17cb1d5620f",
    "step_0006.py": "943e3155fbf7d9096ce570310b7518d0",
    "step_0007.py": "d744ae1186c25e0fe83ca3b325639db3",
}
"""The released steps with their digests: one that is changed no longer makes the stores that are out there."""

Open = Callable[[], Store]


def binaries() -> Path | None:
    """Where PostgreSQL's programs are, if they are installed."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    return max(Path("/usr/lib/postgresql").glob("*/bin"), default=None)


def answers(address: str) -> bool:
    """Whether the server takes connections yet."""
    engine = sql.create_engine(address)
    try:
        engine.connect().close()
    except sql.exc.OperationalError:
        return False
    finally:
        engine.dispose()
    return True


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a server of our own, on loopback; it runs as long as the tests."""
    programs = binaries()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="specc-postgres-"))  # pytest's own folders are closed to the server's user
    user: list[str] = []
    if os.geteuid() == 0:  # it refuses to run as the superuser
        owner = next((one.pw_name for one in pwd.getpwall() if one.pw_name in ("postgres", "nobody")), "")
        if not owner or not shutil.which("setpriv"):
            pytest.skip("PostgreSQL does not run as the superuser, and there is nobody else")
        user = ["setpriv", f"--reuid={owner}", "--clear-groups"]
        shutil.chown(folder, owner)
    data = folder / "data"
    made = subprocess.run(
        [*user, programs / "initdb", "-D", data, "-U", "specc", "--auth=trust", "--no-sync"],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        pytest.skip(f"PostgreSQL can't be set up here: {made.stderr.strip()[:200]}")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories= -c fsync=off".split()
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen([*user, programs / "postgres", "-D", data, *settings], stdout=log, stderr=log)
    try:
        address = f"postgresql+psycopg://specc@127.0.0.1:{port}/postgres"
        until = time.monotonic() + 30
        while not answers(address):
            assert server.poll() is None, (folder / "log").read_text()
            assert time.monotonic() < until
            time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """Opens one and the same store, time and again."""
    address = ""
    if request.param == "postgresql":
        address = request.getfixturevalue("postgres")
        engine = sql.create_engine(address)
        with engine.begin() as connection:
            connection.execute(sql.text("DROP SCHEMA public CASCADE"))
            connection.execute(sql.text("CREATE SCHEMA public"))
        engine.dispose()
    held: list[Store] = []

    def again() -> Store:
        held.append(open_store(address, memory(tmp_path)))
        return held[-1]

    yield again
    for one in held:
        one.close()


RUN = Run("small", "m-1", False, ["openai_api", "m-1"])
REPLY = Reply(
    ({"role": "assistant", "content": "Hé\x00\u2028 \U0001f600"},), 100, 7, 0.25, 1.5, {"own": 2.0}, "m-1-2026 fp_1"
)


def kept(case: str = "REF-1/nominal", repetition: int = 1, text: bytes = b'{"text": "Hi."}') -> Kept:
    return Kept(
        feature="desk", case=case, case_hash=digest(case), prompt=digest("P"), built=True, system="P", repetition=repetition,
        record=text, stopped="",
    )  # fmt: skip


def said(requirement: str, state: str, *, gates: bool = True, grader: str = "") -> Verdict:
    return Verdict(f"{requirement}/{grader or 'words'}", digest("g"), 1, requirement, state, gates, "because")


def test_a_reply_is_there_again_after_the_store_was_opened_anew(opened: Open) -> None:
    one = opened()
    one.keep("k", REPLY, model="m", repetition=1, system="P")
    other = opened()
    assert other.recall("k") == REPLY
    assert other.recall("l") is None
    other.keep("k", Reply(({"role": "assistant", "content": "Later."},)), model="m", repetition=1, system="P")
    found = opened().recall("k")
    assert found is not None
    assert found.messages[0]["content"] == "Later."
    assert found.cost is None


def test_replies_that_come_at_once_are_kept_together_and_none_before(opened: Open) -> None:
    one, other = opened(), opened()
    for number in range(3):
        one.hold(f"k{number}", REPLY, model="m", repetition=1, system="P")
    assert other.recall("k0") is None
    one.settle()
    assert [other.recall(f"k{number}") for number in range(3)] == [REPLY] * 3
    one.settle()
    one.hold("k3", REPLY, model="m", repetition=1, system="P")
    assert opened().recall("k3") is None
    one.settle()
    assert opened().recall("k3") == REPLY


def test_whoever_finds_his_batch_kept_leaves_alone_those_that_have_come_since(opened: Open) -> None:
    one, other = opened(), opened()
    first, second = (one.hold(f"k{number}", REPLY, model="m", repetition=1, system="P") for number in range(2))
    one.settle(first)
    later = one.hold("k2", REPLY, model="m", repetition=1, system="P")
    one.settle(second)
    assert [other.recall(f"k{number}") for number in range(3)] == [REPLY, REPLY, None]
    one.settle(later)
    assert other.recall("k2") == REPLY


@pytest.mark.parametrize("size", [0, 1, 512, 513, 1024, 1025, 100_000])
def test_texts_of_any_length_are_unpacked_as_they_were(size: int) -> None:
    data = bytes(number * 31 % 251 for number in range(size))
    name, length, held = packed("t", data)
    assert isinstance(held, bytes)
    assert zlib.decompress(held) == unpacked(held) == data
    assert (name, length) == ("t", size)


def test_verdicts_are_read_by_answer_and_the_worst_that_gates_decides(opened: Open) -> None:
    store = opened()
    run = store.begin(RUN)
    verdicts = [
        said("A-1", "pass"), said("A-1", "fail", gates=False, grader="soft"), said("B-1", "fail"), said("B-1", "pass", grader="other"),
        said("C-1", "judge"), said("C-1", "pass", grader="other"),
    ]  # fmt: skip
    store.add(run, RUN, kept(), verdicts)
    store.add(run, RUN, kept(repetition=2), [said("A-1", "pass")])
    store.miss(run, "desk", "REF-2/nominal", 1, "no answer")
    store.end(run, "done")
    again = opened()
    found = {one.repetition: one for one in again.answers(run)}
    assert dict(found[1].states) == {"A-1": "pass", "B-1": "fail", "C-1": "judge"}
    assert dict(found[2].states) == {"A-1": "pass"}
    assert (found[1].prompt, found[1].built, found[1].stub, found[1].model) == (digest("P"), True, False, "m-1")
    assert [(one.id, one.state, one.target) for one in again.runs()] == [(run, "done", "small")]


def test_an_answer_of_two_runs_and_a_text_of_many_stand_once(opened: Open) -> None:
    store, run = opened(), 0
    for _ in range(2):
        run = store.begin(RUN)
        for number in range(300):
            store.add(run, RUN, kept(f"REF-1/{number}"), [said("A-1", "pass")])
        store.end(run, "done")
    assert len(list(store.answers())) == len(list(store.answers(run))) == 300
    with store._link.engine.connect() as connection:
        counted = {
            name: connection.execute(sql.select(sql.func.count()).select_from(tables()[name])).scalar_one()
            for name in ("texts", "answers", "run_answers", "verdicts")
        }
    # The record that all share, the prompt, and who was asked.
    assert counted == {"texts": 3, "answers": 300, "run_answers": 600, "verdicts": 300}


def test_a_run_says_within_what_it_was_asked_and_of_which_models_its_replies_are(opened: Open) -> None:
    store = opened()
    run = store.begin(Run("small", "m-1", False, ["openai_api", "m-1"], envelope={"version": 1, "rounds": 10}))
    store.texts(["P", "spec", "P"])
    store.texts(["spec", "Q"])
    store.end(run, "done", {"m-1 fp_2", "m-1 fp_1"})
    bare = store.begin(RUN)
    store.end(bare, "done")
    again = opened().details
    found = again.envelope(run)
    assert found is not None
    assert (found.envelope, found.snapshots) == ({"version": 1, "rounds": 10}, ("m-1 fp_1", "m-1 fp_2"))
    assert again.envelope(bare) is None
    names = {digest(one): one for one in ("P", "Q", "spec")}
    assert again.texts([*names, digest("none")]) == names


def test_answers_wait_for_each_other_and_not_for_long(opened: Open) -> None:
    store, other = opened(), opened()
    run = store.begin(RUN)
    store.add(run, RUN, kept("REF-1/1"), [said("A-1", "pass")])
    store.add(run, RUN, kept("REF-1/2"), [said("A-1", "pass")])
    assert list(other.answers(run)) == []
    store._since -= 60
    store.add(run, RUN, kept("REF-1/3"), [said("A-1", "pass")])
    assert len(list(other.answers(run))) == 3
    store.add(run, RUN, kept("REF-1/4"), [said("A-1", "pass")])
    assert len(list(other.answers(run))) == 3


def asked(judge: str, key: str) -> Asked:
    return Asked(key=key, judge=judge, model="j-1", question=digest("q"), subject=digest("subject"))


def votes(*says: Say) -> Outcome:
    return Outcome(tuple(Vote(number, say, "Hé \\u0000", "so", 1) for number, say in enumerate(says, 1)), 3)


def test_what_a_judge_said_is_there_again_and_counts_for_that_judge_alone(opened: Open) -> None:
    store = opened()
    run = store.begin(Run("small", "m-1", False, ["openai_api", "m-1"], digest("A")))
    assert store.judgement("k") is None
    for judge, key, said_by in (
        ("A", "k", (Say.PASS, Say.PASS)),
        ("B", "l", (Say.FAIL, Say.FAIL)),
        ("C", "m", (Say.VOID,) * 3),
    ):
        store.judge(asked(digest(judge), key), "subject", votes(*said_by))
        verdict = Verdict("T-1/tone", digest("g"), 1, "T-1", "judge", True, "because", key)
        store.add(run, RUN, kept(), [verdict, said("T-1", "pass"), said("A-1", "fail")])
        store.flush()
    store.judge(asked(digest("A"), "k"), "subject", votes(Say.FAIL, Say.FAIL))
    store.end(run, "done")
    again = opened()
    assert again.judgement("k") == votes(Say.FAIL, Say.FAIL), "what it said last stands"
    found = {judge: next(again.answers(run, digest(judge))) for judge in "ABCD"}
    states = {judge: (one.states["T-1"], judged(one, "T-1")) for judge, one in found.items()}
    assert states == {"A": ("fail", True), "B": ("fail", True), "C": ("judge", True), "D": ("judge", False)}
    assert found["D"].states["A-1"] == "fail"
    tone = next(one for one in found["A"].said if one.grader == "T-1/tone")
    assert (tone.judged, tone.elsewhere) == (True, ("fail",))
    assert [one.states["T-1"] for one in again.answers()] == ["judge"]
    assert again.runs()[0].judge == digest("A")


def test_a_reply_that_came_last_takes_the_place_of_an_earlier_one_wherever_both_lie(opened: Open) -> None:
    later = replace(REPLY, input_tokens=200)
    for kept in ((REPLY, later), (later, REPLY)):
        store = opened()
        for reply in kept:
            store.keep("k", reply, model="m", repetition=1, system="P")
        assert store.recall("k") == kept[-1]
        store.keep("k", kept[0], model="m", repetition=1, system="P")
        store.flush()
        assert opened().recall("k") == kept[0]


def test_a_store_of_the_first_form_is_moved_with_all_that_it_holds(opened: Open) -> None:
    store = opened()
    with store._link.engine.begin() as connection:
        for name in (
            "judged",
            "judgements",
            "mutations",
            "mutants",
            "trials",
            "canaries",
            "sightings",
            "drills",
            "arrived",
        ):
            connection.execute(sql.text(f"DROP TABLE {name}"))
        for table, column in (("runs", "judge"), ("runs", "envelope"), ("runs", "snapshots"), ("replies", "snapshot")):
            connection.execute(sql.text(f"ALTER TABLE {table} DROP COLUMN {column}"))
        connection.execute(sql.text("UPDATE alembic_version SET version_num = '0001'"))
        connection.execute(
            sql.text(
                "INSERT INTO runs (started, target, model, stub, identity, state) VALUES ('now', 't', 'm', FALSE, 'x', 'done')"
            )
        )
    again = opened()
    assert [(one.target, one.judge) for one in again.runs()] == [("t", None)]
    again.judge(asked(digest("A"), "k"), "subject", votes(Say.PASS, Say.PASS))
    assert again.judgement("k") == votes(Say.PASS, Say.PASS)


def test_the_steps_make_the_tables_of_today(opened: Open) -> None:
    inspected = sql.inspect(opened()._link.engine)
    made = {name: tuple(one["name"] for one in inspected.get_columns(name)) for name in COLUMNS}
    assert made == COLUMNS


def test_a_new_store_in_a_file_is_what_the_steps_make(tmp_path: Path) -> None:
    def told(path: Path) -> list[tuple[str, ...]]:
        with closing(sqlite3.connect(path)) as raw:
            held = raw.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name").fetchall()
            return [*held, *raw.execute("SELECT * FROM alembic_version")]

    to_file(tmp_path / "new.db").close()
    to_address(f"sqlite:///{tmp_path / 'stepped.db'}").close()
    assert told(tmp_path / "new.db") == told(tmp_path / "stepped.db")


def test_a_store_that_is_made_by_two_at_once_is_made_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as many:
        for one in [many.submit(lambda: to_file(tmp_path / FILE).close()) for _ in range(8)]:
            one.result()
    store = open_store("", tmp_path)
    store.keep("k", REPLY, model="m", repetition=1, system="P")
    assert store.recall("k") == REPLY
    store.close()


def test_a_file_that_holds_something_else_is_no_store(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"This is no database at all. " * 100)
    with pytest.raises(Unusable, match="the store can't be opened: DatabaseError"):
        open_store("", tmp_path)
    assert (tmp_path / FILE).read_bytes().startswith(b"This is no database")


def test_what_fails_on_the_way_leaves_nothing_half_written(opened: Open) -> None:
    store = opened()
    store.text("before")
    work = ExitStack()
    cursor = work.enter_context(store._link.transaction())
    cursor.execute(store._said.insert["texts"], packed(digest("half"), b"half"))
    work.__exit__(RuntimeError, RuntimeError("midway"), None)
    with store._link.engine.connect() as connection:
        held = connection.execute(sql.select(tables()["texts"].c.hash)).scalars().all()
    assert held == [digest("before")]


def test_the_last_step_is_the_head_and_a_released_one_is_never_changed() -> None:
    folder = Path(moving.__file__).parent / "steps"
    files = sorted(path.name for path in folder.glob("step_*.py"))
    assert files[-1] == f"step_{moving.HEAD}.py"
    assert {name: digest((folder / name).read_bytes()) for name in files} == STEPS


def test_a_store_of_a_later_specc_is_refused_and_not_touched(tmp_path: Path) -> None:
    open_store("", memory(tmp_path)).close()
    path = memory(tmp_path) / FILE
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(Unusable, match="made by a later specc"):
        open_store("", memory(tmp_path))


@pytest.mark.parametrize(
    "address", ["nonsense", "sqlite:////no/such/folder/x.db", "postgresql+psycopg://u:secret-4711@127.0.0.1:1/x"]
)
def test_a_store_that_can_not_be_opened_is_told_without_its_password(address: str) -> None:
    with pytest.raises(Unusable) as found:
        open_store(address)
    assert "secret-4711" not in str(found.value)
    assert found.value.__cause__ is None
