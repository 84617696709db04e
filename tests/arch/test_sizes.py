"""Files and functions stay small enough to be read in one go, and are named for what they hold."""

import ast
from collections import Counter

from tests.arch.house import modules

HARD, SOFT, FUNCTION, FOLDER = 500, 300, 60, 16

OVER_SOFT = 6
"""How many modules may be longer than 300 lines: a number that only falls."""

PLUGINS = {
    "kinds",
    "kinds/format",
    "kinds/format/instructions",
    "diagnostics/formats",
    "diagnostics/pages",
    "emit/layouts",
    "export",
    "cli/commands",
    "engine/queries",
    "lsp/features",
    "kit/checks",
    "analysis/smells",
    "assure",
}

REFUSED = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "manager",
    "base",
    "stuff",
    "tools",
    "lib",
    "core",
    "shared",
}


def test_no_module_is_longer_than_the_hard_limit() -> None:
    assert [module.name for module in modules() if module.text.count("\n") > HARD] == []


def test_functions_are_short() -> None:
    long = [
        f"{module.name}: {function.name}: {length} lines"
        for module in modules()
        for function in module.functions()
        if (length := (function.end_lineno or 0) - function.lineno + 1) > FUNCTION
    ]
    assert long == []


def test_few_modules_are_longer_than_the_soft_limit() -> None:
    long = {module.name: lines for module in modules() if (lines := module.text.count("\n")) > SOFT}
    assert len(long) <= OVER_SOFT, long


def test_a_folder_that_is_no_plug_in_folder_holds_few_files() -> None:
    held = Counter(module.name.rpartition("/")[0] for module in modules() if not module.name.endswith("__init__.py"))
    assert {folder: count for folder, count in held.items() if count > FOLDER and folder not in PLUGINS} == {}


def test_no_file_or_folder_is_named_for_nothing() -> None:
    parts = {part.removesuffix(".py") for module in modules() for part in module.name.split("/")}
    assert parts & REFUSED == set()


def is_face(node: ast.stmt) -> bool:
    """A docstring, an import, or the list of names."""
    named = isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "__all__"
    return named or isinstance(node, ast.Expr | ast.Import | ast.ImportFrom)


def test_the_init_of_a_folder_holds_its_sentence_and_at_most_re_exports() -> None:
    faces = [
        module
        for module in modules()
        if module.name.endswith("/__init__.py") and module.name.rpartition("/")[0] not in PLUGINS
    ]
    assert [module.name for module in faces if not all(map(is_face, module.tree.body))] == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [module.name for module in modules() if len(module.docstring.partition("\n")[0]) < 12]
    assert silent == []
    empty = ("this module", "module for", "contains", "various")
    assert [module.name for module in modules() if module.docstring.lower().startswith(empty)] == []
