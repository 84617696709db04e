"""A pass is a function of its arguments: no disk, clock, environment, randomness or output.

Lint sees the banned names; what it can't see (`open`, `path.read_text()`) is looked for here in the syntax, and what is
left is caught by an audit hook that is armed while a project is compiled.
"""

import json
import subprocess
import sys
from pathlib import Path

from tests.arch.house import PACKAGE, ROOT, Module, modules

IMPURE_FOLDERS = {"project", "cli", "lsp", "run", "report", "assure", "playground"}

TOUCHES = {
    "open", "get_data", "print", "input", "eval", "exec", "compile", "breakpoint",
    ".read_text", ".read_bytes", ".write_text", ".write_bytes", ".open", ".unlink", ".mkdir", ".rename", ".replace_file",
    ".touch", ".rmdir", ".iterdir", ".rglob", ".glob", ".exists", ".is_file", ".is_dir", ".stat", ".chmod", ".symlink_to", ".walk",
}  # fmt: skip

CLOCKS = {
    "time",
    "random",
    "secrets",
    "uuid",
    "subprocess",
    "socket",
    "threading",
    "multiprocessing",
    "asyncio",
    "shutil",
    "tempfile",
}

LOOKS = (".exists", ".is_dir", ".is_file")
"""The engine may look whether something is there before it asks `project` to write."""

ALLOWED = {
    "analysis/smelling.py": "lists the files of smells/ that ship with the package",
    "diagnostics/pages.py": "reads the pages that ship with the package",
    "kit/registry.py": "lists and reads the files of kinds/ that ship with the package",
    "source/records.py": "compiles the methods of records, from the names of their fields",
    "syntax/recipe.py": "reads the grammar that ships with the package",
    "trace/page/assets.py": "reads the style and the script that ship with the package",
    "engine/tabling/formats/html.py": "reads the style that ships with the package",
    "engine/starting/start.py": "makes the folder of a project that is none yet",
    "engine/fresh.py": "looks at the code of kinds, ours and others', which lies outside of the project",
    "engine/proof.py": "lists the code of the kinds that ship with the package",
}


def touching(module: Module) -> list[str]:
    """Where `module` reaches outside of its arguments."""
    calls = [f"{module.name}:{call.lineno}: {name}" for call, name in module.calls() if name in TOUCHES]
    if module.folder == "engine":
        calls = [call for call in calls if not call.endswith(LOOKS)]
    clocks = [
        f"{module.name}:{node.lineno}: {name}"
        for node, level, name in module.imports()
        if level == 0 and name.split(".")[0] in CLOCKS
    ]
    return calls + clocks


def test_nothing_outside_project_and_cli_touches_the_outside() -> None:
    pure = [module for module in modules() if module.folder not in IMPURE_FOLDERS and module.name not in ALLOWED]
    assert [one for module in pure for one in touching(module)] == []


def test_the_list_of_files_that_read_their_own_package_holds_no_dead_entry() -> None:
    reading = {module.name for module in modules() if module.name in ALLOWED and touching(module)}
    assert set(ALLOWED) - reading == set()


ARMED = """
import json, sys
from pathlib import Path
root = Path(sys.argv[1])
import speclang
from speclang.project.config import find
from speclang.project.disk import read
from speclang.project.paths import files_below
from speclang.engine.pipeline import compile_texts
home = find(root).value
config = home.config
sources = read(home.root, files_below(home.root, config.specs, ".spec")).value
compile_texts(sources, config)  # libraries load, and what ships with the package is read
seen, armed = [], True
WATCHED = ("open", "socket.", "subprocess.", "os.", "shutil.", "tempfile.", "glob.", "ctypes.")
def watch(event, args):
    if armed and event.startswith(WATCHED):
        seen.append([event, str(args[0]) if args else ""])
sys.addaudithook(watch)
changed = [type(one)(one.name, one.text + "\\n# one more line\\n") for one in sources]
compile_texts(changed, config)
armed = False
print(json.dumps(seen))
"""


def test_a_compilation_opens_no_file_and_starts_nothing(tmp_path: Path) -> None:
    """But for files that ship with the package: a layout, a page."""
    script = tmp_path / "armed.py"
    script.write_text(ARMED, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, script, ROOT],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
    )
    assert ran.returncode == 0, ran.stderr
    own = str(PACKAGE)
    assert [[event, path] for event, path in json.loads(ran.stdout) if not path.startswith(own)] == []
