"""A module of ours as definitions: what stands at its top, what each uses, and what it imports.

In: the text of a module. Out: its definitions in their order, and where every other name comes from.
Invariant: what is only there for type checkers is left out; a statement that is no definition belongs to the one that it changes.
"""

import ast
from ast import walk
from collections.abc import Mapping

from ...source.records import dataclass
from .scopes import Use, uses

_NAMED = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


class NotBundled(Exception):
    """A module says something that can't be taken apart; that is a mistake of ours and not a user's."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """Something of another package: `from module import name as local`, or `import module as local` where `name` is ""."""

    module: str
    name: str
    local: str


@dataclass(frozen=True, slots=True)
class Beside:
    """Something of a module of ours: `name` in `module`, or the module itself where `name` is ""."""

    module: str
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Definition:
    """What binds `names` at the top of `module`: `ranges` of lines, first and last, its own and those of what goes on with it.

    `dropped` are lines inside it that import from beside; `libraries` what it imports besides, when it is called.
    `heads` are the names that stand after `def` or `class`, each with its line.
    """

    module: str
    names: tuple[str, ...]
    ranges: tuple[tuple[int, int], ...]
    uses: tuple[Use, ...]
    dropped: frozenset[int]
    libraries: tuple[str, ...]
    heads: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Module:
    """`lines` of the text, `definitions` in their order, and `imports` by the name that they have here."""

    name: str
    lines: tuple[str, ...]
    definitions: tuple[Definition, ...]
    imports: Mapping[str, Foreign | Beside]


def read(name: str, text: str, *, package: bool) -> Module:
    """The module called `name`, dotted from our root. Raises `NotBundled`."""
    lines = tuple(text.splitlines())
    tree = ast.parse(text)
    imports: dict[str, Foreign | Beside] = {}
    groups: list[tuple[tuple[str, ...], list[ast.stmt]]] = []
    for statement in tree.body:
        match statement:
            case ast.Import() | ast.ImportFrom():
                imports.update(_imported(statement, name, package=package))
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                continue
            case ast.Expr(value=ast.Constant()):
                if groups:  # what is said of the definition above; before any it is said of the module
                    groups[-1][1].append(statement)
            case ast.FunctionDef(name=own) | ast.AsyncFunctionDef(name=own) | ast.ClassDef(name=own):
                groups.append(((own,), [statement]))
            case ast.Assign() | ast.AnnAssign() | ast.Try():
                groups.append((_targets(statement), [statement]))
            case _:
                _belonging(statement, groups, name).append(statement)
    inner = (one for _, statements in groups for statement in statements for one in walk(statement))
    for late in (one for one in inner if isinstance(one, ast.ImportFrom) and one.level):
        for local, found in _imported(late, name, package=package).items():
            if imports.setdefault(local, found) != found:
                raise NotBundled(f"`{local}` is imported from two modules in {name}")
    definitions = tuple(_definition(name, names, statements, lines) for names, statements in groups)
    return Module(name, lines, definitions, imports)


def _imported(statement: ast.Import | ast.ImportFrom, module: str, *, package: bool) -> dict[str, Foreign | Beside]:
    found: dict[str, Foreign | Beside] = {}
    for one in statement.names:
        local = one.asname or one.name.partition(".")[0]
        if isinstance(statement, ast.Import):
            found[local] = Foreign(one.name, "", local)
        elif not statement.level:
            found[local] = Foreign(statement.module or "", one.name, local)
        else:
            above = module.split(".")[: len(module.split(".")) - statement.level + (1 if package else 0)]
            found[local] = Beside(".".join((*above, *filter(None, [statement.module]))), one.name)
    return found


def _targets(statement: ast.stmt) -> tuple[str, ...]:
    names = (one for one in walk(statement) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store))
    bound = [one.id for one in names]
    if isinstance(statement, ast.Try):
        imports = (one for one in walk(statement) if isinstance(one, ast.Import | ast.ImportFrom))
        bound.extend(alias.asname or alias.name for one in imports for alias in one.names)
    elif isinstance(statement, ast.Assign | ast.AnnAssign):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        bound = [one.id for target in targets for one in walk(target) if isinstance(one, ast.Name)]
    return tuple(dict.fromkeys(bound))


def _belonging(
    statement: ast.stmt, groups: list[tuple[tuple[str, ...], list[ast.stmt]]], module: str
) -> list[ast.stmt]:
    """The statements of the definition that `statement` changes: `TABLE.update(…)` belongs to `TABLE`."""
    root = statement.value if isinstance(statement, ast.Expr) else None
    while isinstance(root, ast.Call | ast.Attribute | ast.Subscript):
        root = root.func if isinstance(root, ast.Call) else root.value
    for names, statements in groups:
        if isinstance(root, ast.Name) and root.id in names:
            return statements
    raise NotBundled(f"line {statement.lineno} of {module} belongs to no definition")


def _definition(module: str, names: tuple[str, ...], statements: list[ast.stmt], lines: tuple[str, ...]) -> Definition:
    inner = [one for statement in statements for one in walk(statement)]
    imports = [one for one in inner if isinstance(one, ast.Import | ast.ImportFrom)]
    beside = [one for one in imports if isinstance(one, ast.ImportFrom) and one.level]
    return Definition(
        module=module,
        names=names,
        ranges=tuple(_range(one, lines) for one in statements),
        uses=tuple(use for one in statements for use in uses(one)),
        dropped=frozenset(line for one in beside for line in range(one.lineno, (one.end_lineno or one.lineno) + 1)),
        libraries=tuple(
            dict.fromkeys(
                (one.module or "") if isinstance(one, ast.ImportFrom) else alias.name
                for one in imports
                if one not in beside
                for alias in one.names
            )
        ),
        heads=tuple((one.name, one.lineno) for one in statements if isinstance(one, _NAMED)),
    )


def _range(statement: ast.stmt, lines: tuple[str, ...]) -> tuple[int, int]:
    """The lines of a statement with its decorators and the comments right above, counted from 1."""
    first = statement.lineno
    if isinstance(statement, _NAMED) and statement.decorator_list:
        first = statement.decorator_list[0].lineno
    while first > 1 and lines[first - 2].startswith("#"):
        first -= 1
    return first, statement.end_lineno or statement.lineno
