"""Spec, prompt and cases stay one: what a user is promised about that, point by point, as one sees it at the command line.

What a file of its own tries at length is looked at here once: hooks (`test_hooks`), watch (`test_watch`), causes of a red case
(`tests/laws/test_causes`), origins of every character (`tests/laws/test_origins`), every byte (`tests/laws/test_bytes`).
"""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fixtures.commands import Say
from tests.fixtures.shop import built_shop
from tests.strategies.git import Work

PROMPT, CASES, LOCK = "generated/refunds/prompt.md", "generated/refunds/cases.yaml", "generated/specc.lock"
SPEC = "specs/refunds/refunds.spec"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two features that share a policy, built once."""
    return built_shop(tmp_path_factory.mktemp("one") / "shop")


@pytest.fixture
def shop(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "shop"))


@pytest.fixture
def at(shop: Path, say: Callable[[Path], Say]) -> Say:
    """Says a command in the shop."""
    return say(shop)


def edit(shop: Path, path: str, old: str, new: str) -> None:
    text = (shop / path).read_text(encoding="utf-8")
    assert old in text, old
    (shop / path).write_text(text.replace(old, new, 1), encoding="utf-8")


def generated(shop: Path) -> dict[str, bytes]:
    return {path.relative_to(shop).as_posix(): path.read_bytes() for path in sorted(shop.glob("generated/**/*.*"))}


def codes(out: str) -> list[str]:
    return re.findall(r"(?m)^(?:error|warning|note)\[(\S+)\]", out)


def desk(folder: Path, *members: str, **files: str) -> Path:
    """A project with one small feature, and other files."""
    (folder / "specs").mkdir(parents=True)
    (folder / "specc.toml").touch()
    lines = (
        '  outcome take "take it back" { mentions "take it back" }\n  outcome leave "decline" { mentions "sorry" }\n'
    )
    given = '  given age days 0 .. 90 { name "the age of the order"; from user }\n'
    body = "".join(f"  {one}\n" for one in members)
    text = f'feature desk "Desk" {{\n{given}{lines}  exclusive take, leave\n  ask "Can I bring it back?"\n{body}}}\n'
    for name, content in {"desk": text, **files}.items():
        (folder / "specs" / f"{name}.spec").write_text(content, encoding="utf-8")
    return folder


def test_1_a_second_build_changes_no_byte_and_a_build_restores_what_was_deleted(shop: Path, at: Say) -> None:
    before = generated(shop)
    assert [name.rpartition("/")[2] for name in before if "/refunds/" in name] == [
        "cases.yaml",
        "prompt.md",
        "stress.yaml",
        "trace.json",
    ]
    assert at("build")[0] == 0
    assert generated(shop) == before
    shutil.rmtree(shop / "generated")
    assert at("build")[0] == 0
    assert generated(shop) == before


def test_2_every_line_of_the_prompt_and_every_case_leads_to_what_says_it_and_back(shop: Path, at: Say) -> None:
    shown = at("trace", "--feature", "refunds")[1]
    known = set(re.findall(r"\b[A-Z]+-\d+\b", shown))
    for number, line in enumerate((shop / PROMPT).read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith(("- If the", "- In every", "- Answer", "- Refuse")):
            code, out, _ = at("trace", f"{PROMPT}:{number}:4")
            assert (code, out.split()[0] in known) == (0, True), (line, out)
    for case in re.findall(r"(?m)^- case: (\S+)$", (shop / CASES).read_text(encoding="utf-8"))[::12]:
        assert at("trace", case)[0] == 0
        assert case.partition("/")[0] in known
    assert PROMPT in at("trace", "REF-1")[1]


@pytest.mark.parametrize(
    ("path", "old", "new", "owner", "said"),
    [
        (PROMPT, "approve the refund", "approve a refund", "REF-1", '"the" became "a"'),
        (PROMPT, "at most 120 words", "at most 150 words", "FMT-1", '"120" became "150" (number)'),
        (CASES, "approve: [REF-1]", "decline: [REF-1]", "BRAND-3/", '"approve" became "decline"'),
        (CASES, "at_most: 120", "at_most: 150", "FMT-1", '"120" became "150" (number)'),
    ],
)
def test_3_an_edited_word_is_told_with_its_requirement_the_kind_of_edit_and_both_texts(
    shop: Path, at: Say, path: str, old: str, new: str, owner: str, said: str
) -> None:
    edit(shop, path, old, new)
    code, out, _ = at("check")
    assert (code, codes(out)) == (1, ["E0702"])
    assert said in out
    assert f"`{owner}" in out


def test_3_white_space_alone_is_cosmetic_and_does_not_fail(shop: Path, at: Say) -> None:
    text = (shop / PROMPT).read_text(encoding="utf-8")
    (shop / PROMPT).write_text(text.replace("approve the", "approve  the"), encoding="utf-8", newline="\r\n")
    code, out, _ = at("check")
    assert code == 0
    assert set(codes(out)) == {"E0713"}


def test_4_a_clause_that_was_moved_is_told_as_moved_with_the_cases_to_run_again(shop: Path, at: Say) -> None:
    lines = (shop / PROMPT).read_text(encoding="utf-8").splitlines(keepends=True)
    first = next(number for number, line in enumerate(lines) if line.startswith("- In every other"))
    lines.insert(first - 3, lines.pop(first))
    (shop / PROMPT).write_text("".join(lines), encoding="utf-8")
    code, out, _ = at("check")
    assert (code, codes(out)) == (1, ["E0706"])
    assert "tested by `REF-4/nominal`" in out


def test_5_an_added_sentence_is_an_orphan_with_the_nearest_requirement(shop: Path, at: Say) -> None:
    edit(shop, PROMPT, "- In every", "- Mind the order total.\n- In every")
    code, out, _ = at("check")
    assert (code, codes(out)) == (1, ["E0705"])
    assert "the nearest in the spec is `REF-3`" in out


def test_6_absorb_builds_the_edited_prompt_and_discard_the_former(shop: Path, at: Say) -> None:
    before, spec = generated(shop), (shop / SPEC).read_bytes()
    assert at("absorb")[0] == 0
    assert (generated(shop), (shop / SPEC).read_bytes()) == (before, spec)
    edit(shop, PROMPT, "at most 120 words", "at most 90 words")
    edited = (shop / PROMPT).read_bytes()
    assert at("build", "--discard")[0] == 0
    assert generated(shop) == before
    (shop / PROMPT).write_bytes(edited)
    assert at("absorb")[0] == 0
    assert at("build")[0] == 0
    assert (shop / PROMPT).read_bytes() == edited
    assert b"words <= 90" in (shop / SPEC).read_bytes()


def test_6_an_acceptance_needs_a_reason_and_a_last_day_and_fails_after_it(shop: Path, at: Say) -> None:
    edit(shop, PROMPT, "at most 120 words", "at most 90 words")
    assert at("accept", "FMT-1", "--until", "2099-12-31")[0] == 2
    assert at("accept", "FMT-1", "--because", "for now")[0] == 2
    assert at("accept", "FMT-1", "--because", "for now", "--until", "2099-12-31")[0] == 0
    assert at("check")[0] == 0
    edit(shop, "specs/accepted.toml", "2099-12-31", "2020-12-31")
    code, out, _ = at("check")
    assert code == 1
    assert "E0702" in codes(out)
    assert "for now" in out


def test_7_an_edit_that_the_lock_was_made_to_agree_with_is_caught(shop: Path, built: Path, at: Say) -> None:
    spec = (shop / SPEC).read_bytes()
    edit(shop, SPEC, "words <= 120", "words <= 90")
    assert at("build")[0] == 0
    inputs = re.findall(r"(?m)^input .*\n", (built / LOCK).read_text(encoding="utf-8"))
    hidden = re.sub(r"(?m)(^input .*\n)+", "".join(inputs), (shop / LOCK).read_text(encoding="utf-8"))
    (shop / LOCK).write_text(hidden, encoding="utf-8")
    (shop / SPEC).write_bytes(spec)
    code, out, _ = at("check")
    assert code == 1
    assert "E0712" in codes(out)
    assert "although the lock says so" in out


def test_8_a_build_refuses_to_overwrite_a_hand_edit_and_keeps_it_when_forced(shop: Path, at: Say) -> None:
    edit(shop, PROMPT, "at most 120 words", "at most 90 words")
    edited = generated(shop)
    assert at("build")[0] == 1
    assert generated(shop) == edited
    assert at("build", "--discard")[0] == 0
    kept = [path.read_bytes() for path in (shop / ".specc/discarded").rglob("*") if path.is_file()]
    assert kept == [edited[PROMPT]]


UNTESTED = {
    "a vague word": ('A-1 style "Tone" { tone "appropriate"; good "It comes."; bad "Kindly wait." }', "E0601"),
    "no case": ('A-1 rule "Both" { when age > 9 days and age < 3 days; must take }', "E0503"),
    "no answer that fails": ('outcome care "take care" A-1 rule "Kind" { must care }', "E0622"),
    "a judge without a bad answer": ('A-1 style "Tone" { tone "plain" }', "style/no-anchors"),
}


@pytest.mark.parametrize("what", UNTESTED)
def test_9_a_requirement_that_nothing_tests_fails_with_a_code_of_its_own(
    tmp_path: Path, say: Callable[[Path], Say], what: str
) -> None:
    member, code = UNTESTED[what]
    at = say(desk(tmp_path / "desk", *member.split(" A-1 ", 1)[:-1], "A-1 " + member.rpartition("A-1 ")[2]))
    status, out, _ = at("build")
    assert (status, code in codes(out)) == (1, True), out
    assert at("accept", "A-1", "--because", "it is being written", "--until", "2099-12-31")[0] == 0 or "/" in code


def test_9_an_adopted_prompt_builds_and_is_made_to_fail_where_a_project_wants_that(
    tmp_path: Path, say: Callable[[Path], Say]
) -> None:
    at = say(desk(tmp_path / "desk", 'A-1 prose "Answer in a suitable way."'))
    assert at("build")[0] == 0
    strict = "".join(f'{code} = "error"\n' for code in ("E0601", "E0621", "E0622"))
    (tmp_path / "desk/specc.toml").write_text(f"[severity]\n{strict}", encoding="utf-8")
    status, out, _ = at("check")
    assert (status, sorted(codes(out))) == (1, ["E0601", "E0621", "E0622"])


@pytest.mark.parametrize("order", [("a", "z"), ("z", "a")])
def test_10_requirements_at_odds_in_two_files_fail_whatever_their_order(
    tmp_path: Path, say: Callable[[Path], Say], order: tuple[str, str]
) -> None:
    first, second = order
    head = 'given age days 0 .. 90 { name "the age"; from user }'
    one = f'policy late "Late" {{\n  {head}\n  outcome leave "say sorry and decline" {{ mentions "sorry" }}\n'
    folder = tmp_path / "desk"
    (folder / "specs").mkdir(parents=True)
    (folder / "specc.toml").touch()
    strict = f'{one}  P-1 rule "Late" {{ when age > 9 days; must leave }}\n}}\n'
    kind = """\
use "{}.spec"
feature desk "Desk" {{
  include late
  outcome take "take it back" {{ mentions "take it back" }}
  exclusive take, leave
  ask "Can I bring it back?"
  A-1 rule "Any" {{ when age > 3 days; must take{} }}
}}
"""
    (folder / f"specs/{first}.spec").write_text(strict, encoding="utf-8")
    (folder / f"specs/{second}.spec").write_text(kind.format(first, ""), encoding="utf-8")
    at = say(folder)
    code, out, _ = at("build")
    assert (code, codes(out)[0]) == (1, "E0501")
    (folder / f"specs/{second}.spec").write_text(kind.format(first, "; over P-1"), encoding="utf-8")
    assert at("build")[0] == 0
    assert "case: A-1/over/P-1" in (folder / "generated/desk/cases.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "again", ["My kettle is dead.", "MY KETTLE IS DEAD", "My kettle's dead.", "my  kettle is dead!"]
)
def test_11_what_is_shown_is_not_tried(tmp_path: Path, say: Callable[[Path], Say], again: str) -> None:
    shot = 'EX-1 example "Shown" { shot; user "My kettle is dead."; agent "We take it back, I am sorry." }'
    held = f'EX-2 example "Tried" {{ holdout; user "{again}"; expect take }}'
    rule = 'A-1 rule "All" { must take }'
    code, out, _ = say(desk(tmp_path / "desk", rule, shot, held))("build")
    assert (code, "E0553" in codes(out)) == (1, True), out


def test_12_why_a_case_is_red_is_told_by_its_first_cause(shop: Path, at: Say) -> None:
    assert "REF-1/nominal: spec and files give no cause" in at("explain", "REF-1/nominal")[1]
    edit(shop, PROMPT, "at most 30 days", "at most 60 days")
    assert "REF-1/nominal: the prompt does not say what the requirement says" in at("explain", "REF-1/nominal")[1]
    text = (shop / CASES).read_text(encoding="utf-8")
    before, found, after = text.partition("- case: REF-1/nominal\n")
    changed = after.replace("approve: [REF-1]", "decline: [REF-1]", 1)
    (shop / CASES).write_text(before + found + changed, encoding="utf-8")
    assert "REF-1/nominal: the case or a grader of it is not as it was built" in at("explain", "REF-1/nominal")[1]


@pytest.mark.parametrize(("good", "bad"), [("See TKT-42.", "See the ticket."), ("See TKT-4242.", "See TKT-1111.")])
def test_13_a_grader_that_is_wrong_about_its_own_answers_stops_the_build(
    tmp_path: Path, say: Callable[[Path], Say], good: str, bad: str
) -> None:
    check = f'say "Name it."; must matches pattern /TKT-[0-9]{{4}}/; good "{good}"; bad "{bad}"'
    code, out, _ = say(desk(tmp_path / "desk", f'CUS-1 custom "Ticket" {{ {check} }}'))("build")
    assert (code, codes(out)) == (1, ["custom/wrong-sample"])
    assert "The checks of `CUS-1` are wrong about a" in out


def test_14_what_is_staged_is_judged_and_not_what_lies_there(shop: Path, at: Say) -> None:
    work = Work(shop).init()
    work.write({".gitignore": ".specc/\n"})
    work.commit()
    edit(shop, PROMPT, "at most 120 words", "at most 90 words")
    assert at("check")[0] == 1
    assert at("check", "--staged")[0] == 0
    work.git("add", "--all")
    assert at("check", "--staged")[0] == 1


def test_15_a_faulty_spec_leaves_what_was_good(shop: Path, at: Say) -> None:
    before = generated(shop)
    edit(shop, SPEC, "words <= 120", "words <= ")
    assert at("build")[0] == 1
    assert generated(shop) == before


def test_16_a_new_id_keeps_the_history_and_a_retired_one_is_not_used_again(
    tmp_path: Path, say: Callable[[Path], Say]
) -> None:
    folder = desk(tmp_path / "desk", 'A-1 rule "All" { must take }')
    at = say(folder)
    assert at("build")[0] == 0
    shutil.copytree(folder, tmp_path / "former")
    edit(folder, "specs/desk.spec", 'A-1 rule "All" {', 'A-2 rule "All" { was A-1;')
    assert at("build")[0] == 0
    out = at("diff", str(tmp_path / "former"), "--breaking")[1]
    assert "renamed" in out
    assert "A-1" in out
    edit(folder, "specs/desk.spec", "was A-1;", "status retired;")
    edit(folder, "specs/desk.spec", "}\n}", '}\n  A-2 prose "Be kind."\n}')
    code, out, _ = at("check")
    assert (code, codes(out)) == (1, ["E0206"])


def test_17_a_case_that_was_deleted_is_missed_with_the_guarantee_that_is_lost(shop: Path, at: Say) -> None:
    text = (shop / CASES).read_text(encoding="utf-8")
    start = text.index("- case: REF-2/boundary/age=31")
    (shop / CASES).write_text(text[:start] + text[text.index("\n- case:", start) + 1 :], encoding="utf-8")
    code, out, _ = at("check")
    assert (code, codes(out)) == (1, ["E0704"])
    assert "nothing shows any more whether `REF-2` is kept: at the edge: age is 31 days, and it applies" in out
    tombstone = ("accept", "REF-2/boundary/age=31", "--because", "flaky tool", "--until", "2099-12-31")
    assert at(*tombstone)[0] == 0
    assert at("check")[0] == 0


def test_18_what_another_prompt_has_shown_is_foreign_and_never_counted(shop: Path, at: Say) -> None:
    cases = re.findall(r"(?m)^- case: (\S+)$", (shop / CASES).read_text(encoding="utf-8"))
    lines = [json.dumps({"case": case, "text": "I am sorry. Anything else?"}) for case in cases]
    (shop / "then.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (shop / "specc.toml").write_text('[targets.then]\nuse = "recorded"\nat = "then.jsonl"\n', encoding="utf-8")
    assert at("build")[0] == 0
    edit(shop, PROMPT, "at most 120 words", "at most 119 words")
    assert "E0823" in "".join(at("eval")[1:])
    edit(shop, PROMPT, "at most 119 words", "at most 120 words")
    out = at("check", "--evidence")[1]
    assert "foreign: " in out
    assert "evidence: 0 executed" in out


def test_19_the_impact_of_a_shared_policy_names_every_consumer_and_the_lock_pins_it(shop: Path, at: Say) -> None:
    out = at("trace", "--impact", "policy brand", "--all")[1]
    assert "reaches 2 features: refunds, tracking" in out
    for case in ("refunds/BRAND-3/nominal", "tracking/"):
        assert case in out
    pinned = re.findall(r"(?m)^policy (\S+) brand [0-9a-f]{32}$", (shop / LOCK).read_text(encoding="utf-8"))
    assert pinned == ["refunds", "tracking"]


def test_20_an_adopted_prompt_has_a_requirement_for_each_sentence_and_builds_as_it_was(
    tmp_path: Path, say: Callable[[Path], Say]
) -> None:
    text = (
        "# Wren\n\nYou are Wren. Answer in at most 80 words.\n\n- Never promise a date.\n- If a tool fails, say so.\n"
    )
    (tmp_path / "wren.md").write_text(text, encoding="utf-8")
    at = say(tmp_path)
    assert at("init", "--adopt", "wren.md")[0] == 0
    assert (tmp_path / "generated/wren/prompt.md").read_text(encoding="utf-8") == text
    spec = (tmp_path / "specs/wren.spec").read_text(encoding="utf-8")
    for sentence in ("You are Wren.", "at most 80 words", "promise a date", "a tool fails"):
        assert sentence in spec
    assert at("check")[0] == 0
