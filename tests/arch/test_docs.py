"""The documentation is complete: whoever adds a command, a decision or a folder finds out here what else it needs."""

import importlib
import re
from collections.abc import Callable
from pathlib import Path

from speclang.cli.main import COMMANDS
from tests.arch.house import PACKAGE, ROOT, folders, modules

LINK = re.compile(r"\[[^\]]+\]\(([^)#\s]+)(?:#[^)]*)?\)")

DOCUMENTS = [
    path
    for pattern in (
        "*.md",
        "docs/**/*.md",
        "changes/*.md",
        "tests/README.md",
        "speclang/README.md",
        "specs/**/*.md",
        "benchmarks/*.md",
    )
    for path in sorted(ROOT.glob(pattern))
]


def test_every_command_has_a_file_with_examples_and_every_file_is_in_the_table() -> None:
    files = {
        module.name
        for module in modules()
        if module.name.startswith("cli/commands/") and not module.name.endswith("__init__.py")
    }
    assert files == {f"cli/commands/{name}.py" for name in COMMANDS}
    for name in COMMANDS:
        command = importlib.import_module(f"speclang.cli.commands.{name}")
        assert command.EXAMPLES.startswith("examples:\n"), name
        assert f"specc {name}" in command.EXAMPLES


def test_the_summary_of_a_command_is_a_short_line() -> None:
    assert [text for text in COMMANDS.values() if len(text) > 64 or text.endswith(".") or not text[0].islower()] == []


def test_links_lead_somewhere() -> None:
    broken = [
        f"{path.relative_to(ROOT)}: {target}"
        for path in DOCUMENTS
        for target in LINK.findall(re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL))
        if not target.startswith(("http:", "https:", "mailto:")) and not (path.parent / target).exists()
    ]
    assert broken == []


def decisions() -> list[Path]:
    return [path for path in sorted((ROOT / "docs" / "decisions").glob("*.md")) if path.name != "README.md"]


def test_every_decision_is_numbered_and_has_its_three_parts() -> None:
    assert [path.name for path in decisions() if not re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", path.name)] == []
    numbers = [path.name[:4] for path in decisions()]
    assert len(numbers) == len(set(numbers))
    shape = r"# (\d{4}): [^\n]+\n.*\*\*Context\.?\*\*.*\*\*Decision\.?\*\*.*\*\*Why\.?\*\*.*"
    unlike = [path.name for path in decisions() if not re.fullmatch(shape, path.read_text(encoding="utf-8"), re.DOTALL)]
    assert unlike == []


def test_the_index_of_the_decisions_is_complete(expect: Callable[[Path, str], None]) -> None:
    index = ROOT / "docs" / "decisions" / "README.md"
    head, bar, _ = index.read_text(encoding="utf-8").partition("| note | says |\n|---|---|\n")
    titles = [(path.name, path.read_text(encoding="utf-8").splitlines()[0].partition(": ")[2]) for path in decisions()]
    expect(index, head + bar + "".join(f"| [{name[:4]}]({name}) | {title} |\n" for name, title in titles))


def test_every_folder_is_described_once_on_the_map() -> None:
    text = (PACKAGE / "README.md").read_text(encoding="utf-8")
    assert [folder for folder in folders() if text.count(f"| `{folder}` |") != 1] == []


def test_change_fragments_are_named_for_their_kind_and_written_in_sentences() -> None:
    fragments = [path for path in sorted((ROOT / "changes").iterdir()) if path.name != "README.md"]
    assert fragments
    assert [
        path.name
        for path in fragments
        if not re.fullmatch(r"[a-z0-9-]+\.(feature|fix|breaking|internal)\.md", path.name)
    ] == []
    unfinished = [
        path.name for path in fragments if not path.read_text(encoding="utf-8").rstrip().endswith((".", "```"))
    ]
    assert unfinished == []


def test_the_change_log_knows_the_version() -> None:
    from speclang import __version__

    assert f"\n## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_make_targets_that_are_documented_exist_and_have_help() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    helped = set(re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE))
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^make (\w+) ", contributing, re.MULTILINE)) <= helped
