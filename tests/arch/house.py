"""What the tests of this folder look at: every module of the package, parsed once; the map; the contract."""

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "speclang"


@dataclass(frozen=True)
class Module:
    """One source file: `name` is its path from `speclang/` (`bind/names.py`)."""

    name: str
    text: str
    tree: ast.Module

    @property
    def folder(self) -> str:
        """The floor's folder, or "" for the files at the root."""
        return self.name.split("/")[0] if "/" in self.name else ""

    @property
    def docstring(self) -> str:
        return ast.get_docstring(self.tree) or ""

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node

    def calls(self) -> Iterator[tuple[ast.Call, str]]:
        """Every call with the name that is called: `open`, `.read_text` for a method, `disk.read_text` for the module's."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                match node.func:
                    case ast.Name(id=name):
                        yield node, name
                    case ast.Attribute(value=ast.Name(id="disk"), attr=name):
                        yield node, f"disk.{name}"
                    case ast.Attribute(attr=name):
                        yield node, f".{name}"
                    case _:
                        pass

    def imports(self) -> Iterator[tuple[ast.Import | ast.ImportFrom, int, str]]:
        """Every import with its level (0: absolute) and the module that it names."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom):
                yield node, node.level, node.module or ""
            elif isinstance(node, ast.Import):
                for alias in node.names:
                    yield node, 0, alias.name


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the package, in order of its path."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        found.append(Module(path.relative_to(PACKAGE).as_posix(), text, ast.parse(text)))
    return tuple(found)


def folders() -> list[str]:
    """The folders of the package that hold a module."""
    return sorted({module.folder for module in modules() if module.folder})


@cache
def pyproject() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def table(*path: str) -> dict[str, object]:
    """A table of pyproject.toml by its path."""
    found: object = pyproject()
    for key in path:
        assert isinstance(found, dict)
        found = found[key]
    assert isinstance(found, dict)
    return found


def contracts() -> dict[str, dict[str, object]]:
    """The import contracts by ID."""
    listed = table("tool", "importlinter")["contracts"]
    assert isinstance(listed, list)
    return {contract["id"]: contract for contract in listed}


@cache
def mapped() -> dict[str, int]:
    """Folder to floor, as `speclang/README.md` says."""
    text = (PACKAGE / "README.md").read_text(encoding="utf-8")
    return {folder: int(floor) for floor, folder in re.findall(r"^\| (\d+) \| `(\w+)` \|", text, re.MULTILINE)}


def owners() -> dict[str, set[str]]:
    """Third-party library to the folders that may import it, as the contracts say."""
    owned: dict[str, set[str]] = {}
    for contract in contracts().values():
        protected, allowed = contract.get("protected_modules", []), contract.get("allowed_importers", [])
        assert isinstance(protected, list)
        assert isinstance(allowed, list)
        for library in protected:
            if not library.startswith("speclang"):
                owned[library] = {folder.removeprefix("speclang.").replace(".", "/") for folder in allowed}
    return owned
