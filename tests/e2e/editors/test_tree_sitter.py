"""The grammar of tree-sitter reads what the compiler reads: the same tree, the same colours; and a fault costs no more than its place."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from tree_sitter import Query

from speclang.bind.names import NAMED
from speclang.kit import registry
from speclang.source.text import SourceText
from speclang.syntax.blocks import OPENERS
from speclang.syntax.colours.looks import CONSTANTS, LEVELS, NAMES, looks
from speclang.syntax.parser import parse
from speclang.syntax.recipe import grammar as lark_grammar
from speclang.syntax.tokens import KEYWORDS
from tests.strategies.sitter import COMPILER, FOLDER, LOOKS, Grammar, compiled, faults, ours, theirs
from tests.strategies.source import real_specs, sources

ROOT = Path(__file__).parents[3]
QUERIES = sorted((FOLDER / "queries").glob("*.scm"))
CLI = shutil.which(os.environ.get("TREE_SITTER", "tree-sitter"))
GENERATED = FOLDER / "src/generated.sha256"
FENCE = re.compile(r"^( *)```spec[^\n]*\n(.*?)^\1```", re.DOTALL | re.MULTILINE)
CASE = re.compile(r"={40,}\n(?P<name>[^\n]*)\n={40,}\n(?P<text>.*?)\n-{40,}\n(?P<tree>.*?)(?=\n={40,}\n|\Z)", re.DOTALL)
CORPUS = [
    pytest.param(found["text"], found["tree"], id=found["name"])
    for path in sorted((FOLDER / "test/corpus").glob("*.txt"))
    for found in CASE.finditer(path.read_text(encoding="utf-8"))
]

here = pytest.mark.skipif(COMPILER is None, reason="no compiler of C is here")


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compiled(tmp_path_factory.mktemp("parser"))


@pytest.fixture(scope="session")
def grammar(library: Path) -> Grammar:
    return Grammar.load(library)


def written() -> Iterator[tuple[str, str]]:
    """Every spec that is written in this repository and that the compiler can read, with the name of where it stands."""
    for path in sorted((ROOT / "specs").rglob("*.spec")):
        yield path.name, path.read_text(encoding="utf-8")
    folders = ("docs", "tests/suite", "changes", "speclang/diagnostics/pages")
    pages = [ROOT / "README.md", *(one for folder in folders for one in sorted((ROOT / folder).rglob("*.md")))]
    texts = [(one.name, one.read_text(encoding="utf-8")) for one in pages]
    texts += [(name, registry.describe(name) or "") for name in registry.names()]
    for name, text in texts:
        for found in FENCE.finditer(text):
            for piece in re.split(r"(?m)^--- .*\n", found[2]):
                if not parse(SourceText(name, piece)).diagnostics:
                    yield name, piece


@here
def test_the_tree_of_every_spec_that_is_written_anywhere_is_the_compilers(grammar: Grammar) -> None:
    count = 0
    for name, text in written():
        found = grammar.parse(text)
        assert faults(found) == [], (name, text)
        assert theirs(found, text) == ours(text), (name, text)
        count += 1
    assert count > 400


@here
@given(sources())
def test_the_tree_of_any_spec_is_the_compilers(grammar: Grammar, text: str) -> None:
    found = grammar.parse(text)
    assert faults(found) == []
    assert theirs(found, text) == ours(text)


def differing(text: str, colours: list[str]) -> list[str]:
    """Where the colours of `text` are not the compiler's."""
    return [
        f"{text.count(chr(10), 0, at) + 1}: {look.name}, not {colours[at]}"
        for look in looks(text)
        for at in range(look.start, look.end)
        if not text[at].isspace() and colours[at] != look.name
    ]


@here
def test_every_character_of_every_spec_has_the_compilers_look(grammar: Grammar) -> None:
    for name, text in written():
        assert differing(text, grammar.looks(text)) == [], name


@here
def test_every_beginning_of_a_spec_keeps_the_colours_of_what_is_complete(grammar: Grammar) -> None:
    """Some of them: the beginnings of a spec are as many as its characters."""
    draw = Random(3)  # noqa: S311 - it need not be a secret, only the same each time
    for text in real_specs():
        whole = grammar.looks(text)
        for at in sorted(draw.sample(range(len(text)), min(60, len(text)))):
            beginning = text[:at]
            units = parse(SourceText("a.spec", beginning)).value.units
            complete = units[-1].start if units else 0
            assert grammar.looks(beginning)[:complete] == whole[:complete], beginning[-60:]


FAULTS = ["", '"', "{", "}", "(", ")", "[", "]", "=", ";", "\n", "/", "\\", "#", "-", "and", "9x"]
"""What is put in the place of a character."""


@here
def test_a_fault_changes_colours_in_its_own_requirement_only(grammar: Grammar) -> None:
    """But for the brace that is left over where there is one too many; and for one fault in fifty, after which a line goes on."""
    draw = Random(4)  # noqa: S311 - as above
    tried, beyond = 0, []
    for text in real_specs():
        whole = grammar.looks(text)
        units = [one for one in parse(SourceText("a.spec", text)).value.units if not (one.item and one.item.body == ())]
        for _ in range(40):
            unit = draw.choice(units)
            at = draw.randrange(unit.start, unit.start + len(unit.text))
            if '"""' in text[max(0, at - 2) : at + 3]:
                continue
            faulty = text[:at] + draw.choice(FAULTS) + text[at + 1 :]
            colours = grammar.looks(faulty)
            before = text.rfind("\n", 0, unit.start) + 1
            after = text.find("\n", unit.start + len(unit.text))
            around = text[:before] + text[after:]
            now = colours[:before] + colours[after + len(faulty) - len(text) :]
            pairs = zip(around, whole[:before] + whole[after:], now, strict=True)
            tried += 1
            if not {char for char, old, new in pairs if old != new} <= {"}"}:
                beyond.append(faulty[max(0, at - 40) : at + 40])
    assert len(beyond) <= tried // 50, beyond


@here
def test_a_tree_that_is_edited_becomes_that_of_the_edited_text(grammar: Grammar) -> None:
    draw = Random(8)  # noqa: S311 - as above
    for text in real_specs():
        typed = grammar.typed(text)
        for _ in range(20):
            start = draw.randrange(len(typed.text))
            typed.edit(start, min(len(typed.text), start + draw.choice((0, 1, 30))), draw.choice(FAULTS))
            assert str(typed.tree.root_node) == str(grammar.parse(typed.text).root_node)


@here
@pytest.mark.parametrize(("text", "tree"), CORPUS)
def test_its_own_corpus(grammar: Grammar, text: str, tree: str) -> None:
    wanted = re.sub(r"\s+(?=\))", "", " ".join(tree.split()))
    assert re.sub(r"\w+: ", "", str(grammar.parse(text).root_node)) == wanted


@here
@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_every_query_names_what_the_grammar_has(grammar: Grammar, path: Path) -> None:
    assert Query(grammar.language, path.read_text(encoding="utf-8")).pattern_count > 0


@here
@pytest.mark.skipif(shutil.which("nvim") is None, reason="Neovim is not here")
def test_neovim_loads_the_parser_and_colours_specs_as_the_compiler_reads_them(library: Path, tmp_path: Path) -> None:
    names = [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "specs").rglob("*.spec"))]
    env = {**os.environ, "HOME": str(tmp_path), "PARSER": str(library)}
    script = FOLDER / "test/looks.lua"
    command = ["nvim", "--clean", "--headless", "-c", f"luafile {script}", *names]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, encoding="utf-8", check=False, timeout=120)
    said = json.loads(done.stdout)
    for name in names:
        text = (ROOT / name).read_text(encoding="utf-8")
        cells = ["space"] * len(text.encode())
        # Neovim paints in this order, and what comes later lies above.
        for capture, start, end in said[name]["looks"]:
            if capture in LOOKS:
                cells[start:end] = [LOOKS[capture]] * (end - start)
        starts = [0]
        for char in text:
            starts.append(starts[-1] + len(char.encode()))
        assert differing(text, [cells[at] for at in starts[:-1]]) == [], name
        assert not said[name]["faulty"]
        assert said[name]["folds"] > 0


def listed(query: str) -> set[frozenset[str]]:
    """The sets of words that a query compares something with."""
    text = (FOLDER / f"queries/{query}.scm").read_text(encoding="utf-8")
    return {frozenset(re.findall(r'"(\w+)"', found[1])) for found in re.finditer(r"#any-of\? @\S+ ([^)]*)\)", text)}


def test_queries_name_the_words_that_the_compiler_knows() -> None:
    assert listed("highlights") == {frozenset(LEVELS), frozenset(CONSTANTS)}
    assert listed("locals") == {OPENERS, OPENERS | set(NAMED)}
    captures = set(re.findall(r"@([a-z.]+)", (FOLDER / "queries/highlights.scm").read_text(encoding="utf-8")))
    assert captures - {"spell"} == set(LOOKS)
    assert set(LOOKS.values()) == set(NAMES) - {"space", "wrong"}


def test_its_operators_are_those_of_the_compilers_grammar() -> None:
    made = json.loads((FOLDER / "src/grammar.json").read_text(encoding="utf-8"))

    def words(node: object) -> Iterator[str]:
        if isinstance(node, dict):
            if node.get("type") == "STRING":
                yield str(node["value"])
            for one in node.values():
                yield from words(one)
        elif isinstance(node, list):
            for one in node:
                yield from words(one)

    terminals = {one.pattern.value for one in lark_grammar("file").terminals if one.pattern.type == "str"}
    assert {one for rule in made["rules"].values() for one in words(rule)} == terminals | {
        ";",
        '"',
        '"""',
        "/",
        "holds",
    }
    assert set(KEYWORDS) <= terminals


def test_what_is_generated_is_of_this_grammar() -> None:
    """`editors/tree-sitter/generate.sh` makes it again."""
    rows = GENERATED.read_text(encoding="utf-8").splitlines()[1:]
    for row in rows:
        digest, name = row.split()
        assert sha256((FOLDER / name).read_bytes()).hexdigest() == digest, (
            f"{name}: run editors/tree-sitter/generate.sh"
        )
    kept = {one.relative_to(FOLDER).as_posix() for one in (FOLDER / "src").rglob("*") if one.is_file()}
    assert {row.split()[1] for row in rows} == kept - {"src/scanner.c", "src/generated.sha256"} | {"grammar.js"}


@pytest.mark.skipif(CLI is None, reason="tree-sitter's own program is not here")
def test_the_generator_makes_the_same_again(tmp_path: Path) -> None:
    version = subprocess.run([str(CLI), "--version"], capture_output=True, encoding="utf-8", check=True).stdout
    if " ".join(version.split()[:2]) != GENERATED.read_text(encoding="utf-8").split("\n")[0].removeprefix("# "):
        pytest.skip("it is another version of it")
    again = tmp_path / "again"
    shutil.copytree(FOLDER, again)
    env = {**os.environ, "HOME": str(tmp_path)}
    subprocess.run([str(again / "generate.sh")], env=env, check=True, capture_output=True)
    assert (again / "src/generated.sha256").read_text(encoding="utf-8") == GENERATED.read_text(encoding="utf-8")
    assert (
        "failed parses: 0"
        in subprocess.run(
            [str(CLI), "test"], cwd=again, env=env, check=True, capture_output=True, encoding="utf-8"
        ).stdout
    )
