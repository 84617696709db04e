"""The floors are told in three places (the map, the contract, the folders), and the three agree."""

import ast
import re

from tests.arch.house import ROOT, Module, contracts, folders, mapped, modules, table

STEPS = ("parse", "bind", "lower", "emit", "seal")


def contract_floors() -> list[set[str]]:
    """The layers of the contract from the ground up, without the files at the root of the package."""
    layers = contracts()["floors"]["layers"]
    assert isinstance(layers, list)
    named = [{re.sub(r"[()\s]", "", name) for name in layer.split("|")} for layer in reversed(layers)]
    return [layer - {"version", "__main__"} for layer in named if layer - {"version", "__main__"}]


def test_the_map_and_the_contract_list_the_same_floors() -> None:
    by_floor: dict[int, set[str]] = {}
    for folder, floor in mapped().items():
        by_floor.setdefault(floor, set()).add(folder)
    assert contract_floors() == [by_floor[floor] for floor in sorted(by_floor)]


def test_the_contract_leaves_no_folder_out() -> None:
    assert contracts()["floors"]["exhaustive"] is True
    assert "ignore_imports" not in contracts()["floors"]


def test_every_folder_is_on_the_map() -> None:
    assert set(folders()) <= set(mapped())


def test_every_folder_says_its_floor_in_its_first_line() -> None:
    said = {module.folder: module.docstring for module in modules() if re.fullmatch(r"\w+/__init__\.py", module.name)}
    assert set(said) == set(folders()), "a folder without __init__.py is not seen by the contract"
    wrong = [folder for folder, text in said.items() if not text.startswith(f"Floor {mapped()[folder]}: ")]
    assert wrong == []


def test_the_whole_flow_is_one_page_that_calls_the_steps_in_order() -> None:
    page = next(module for module in modules() if module.name == "engine/pipeline.py")
    assert page.text.count("\n") <= 100
    called = [
        name for _, name in sorted(page.calls(), key=lambda call: (call[0].lineno, call[0].col_offset)) if name in STEPS
    ]
    assert called == list(STEPS)


def test_only_the_pipeline_calls_the_steps() -> None:
    step_modules = {"lowering.lower", "emit.emit", "emit.seal"}
    callers = {
        module.name
        for module in modules()
        for _, level, name in module.imports()
        if level and any(name.endswith(step) for step in step_modules) and module.folder not in {"emit", "lowering"}
    }
    assert callers <= {"engine/pipeline.py"}


def test_imports_inside_the_package_are_relative_and_stop_below_its_root() -> None:
    wrong = [f"{module.name}:{line}" for module in modules() for line in imports_of_the_root(module)]
    assert wrong == []


def imports_of_the_root(module: Module) -> list[int]:
    """The lines on which `module` imports the package by its name, or something of its root that is no folder."""
    depth = module.name.count("/") + 1
    return [
        node.lineno
        for node, level, name in module.imports()
        if (level == 0 and name.split(".")[0] == "speclang")
        or (
            level == depth
            and not name
            and isinstance(node, ast.ImportFrom)
            and {one.name for one in node.names} - {*mapped(), "version"}
        )
    ]


def test_no_exception_from_an_import_rule_is_granted() -> None:
    excepted = [id for id, contract in contracts().items() if contract.get("ignore_imports")]
    assert excepted == [], "an exception needs a decision note; then raise the number here"


def test_the_style_rules_give_a_reason_for_everything_they_leave_out() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    style = text[text.index("[tool.ruff]") : text.index("[tool.mypy]")]
    listed = style[style.index("ignore = [") : style.index("banned-module-level-imports")]
    bare = [line for line in listed.splitlines() if re.match(r'\s+"[A-Z]+\d+",', line) and "#" not in line]
    assert bare == []
    assert table("tool", "mypy")["strict"] is True
