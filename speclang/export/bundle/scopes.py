"""Which names of a statement are those of its module, and which are a function's own.

In: a statement at the top of a module. Out: the places that mean a name of the module, with the names that are local there.
Invariant: follows the scopes of the language: a function's own names hide the module's in it, those of a class body only there.
"""

import ast
from ast import walk
from collections.abc import Iterator, Sequence

from ...source.records import dataclass


@dataclass(frozen=True, slots=True)
class Use:
    """A name of the module where it is used: `node` is its place, `local` are the names that hide the module's there.

    `outer` is what is taken of it, as in `name.part`.
    """

    name: str
    node: ast.Name
    local: frozenset[str]
    outer: ast.Attribute | None = None


@dataclass(frozen=True, slots=True)
class _Scope:
    names: frozenset[str]
    of_class: bool = False


def uses(statement: ast.stmt) -> tuple[Use, ...]:
    """Every use of a name of the module in `statement`, names that it binds at the top included."""
    walk = _Walk()
    walk.visit(statement)
    return tuple(walk.found)


class _Walk(ast.NodeVisitor):
    """Collects uses; `_scopes` are the scopes around the place that is looked at, the outermost first."""

    def __init__(self) -> None:
        self.found: list[Use] = []
        self._scopes: list[_Scope] = []

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if isinstance(node.value, ast.Name):
            self._name(node.value, node)
        else:
            self.visit(node.value)

    def visit_Name(self, node: ast.Name) -> None:
        self._name(node, None)

    def _name(self, node: ast.Name, outer: ast.Attribute | None) -> None:
        seen = [one for at, one in enumerate(self._scopes, 1) if not one.of_class or at == len(self._scopes)]
        local = frozenset(name for one in seen for name in one.names)
        if node.id not in local:
            self.found.append(Use(node.id, node, local, outer))

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """Inside a function nobody looks at the annotation."""
        if not self._scopes or self._scopes[-1].of_class:
            self.visit(node.annotation)
        self._all([node.target, *filter(None, [node.value])])

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self._function(node)

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self._all(node.decorator_list)
        self._signature(node.args)
        if node.returns is not None:
            self.visit(node.returns)
        self._within(_Scope(_named(node.args) | _bound(node.body)), node.body)

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._signature(node.args)
        self._within(_Scope(_named(node.args)), [node.body])

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._all([*node.decorator_list, *node.bases, *node.keywords])
        self._within(_Scope(_bound(node.body), of_class=True), node.body)

    def visit_ListComp(self, node: ast.ListComp) -> None:
        self._comprehension(node.generators, [node.elt])

    def visit_SetComp(self, node: ast.SetComp) -> None:
        self._comprehension(node.generators, [node.elt])

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> None:
        self._comprehension(node.generators, [node.elt])

    def visit_DictComp(self, node: ast.DictComp) -> None:
        self._comprehension(node.generators, [node.key, node.value])

    def _comprehension(self, generators: Sequence[ast.comprehension], parts: Sequence[ast.expr]) -> None:
        """Only the first iterable is looked up outside."""
        self.visit(generators[0].iter)
        names = frozenset(name.id for one in generators for name in walk(one.target) if isinstance(name, ast.Name))
        inside = [part for one in generators for part in (one.target, *one.ifs)]
        self._within(_Scope(names), [*inside, *(one.iter for one in generators[1:]), *parts])

    def _signature(self, args: ast.arguments) -> None:
        self._all([*args.defaults, *(one for one in args.kw_defaults if one is not None)])
        self._all([one.annotation for one in _parameters(args) if one.annotation is not None])

    def _within(self, scope: _Scope, nodes: Sequence[ast.AST]) -> None:
        self._scopes.append(scope)
        self._all(nodes)
        self._scopes.pop()

    def _all(self, nodes: Sequence[ast.AST]) -> None:
        for node in nodes:
            self.visit(node)


def _parameters(args: ast.arguments) -> list[ast.arg]:
    more = (one for one in (args.vararg, args.kwarg) if one is not None)
    return [*args.posonlyargs, *args.args, *args.kwonlyargs, *more]


def _named(args: ast.arguments) -> frozenset[str]:
    return frozenset(one.arg for one in _parameters(args))


def _bound(body: Sequence[ast.stmt]) -> frozenset[str]:
    """The names that the statements of a function or class bind. What is imported from beside is the module's: see `reading`."""
    return frozenset(name for statement in body for name in _binds(statement))


def _binds(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
            return
        case ast.Lambda():
            return
        case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
            yield name
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            yield name
        case ast.MatchMapping(rest=str(name)):
            yield name
        case ast.Import(names=names) | ast.ImportFrom(names=names, level=0):
            yield from (one.asname or one.name.partition(".")[0] for one in names)
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            # a name bound by `:=` belongs to the function around
            yield from (one.target.id for one in walk(node) if isinstance(one, ast.NamedExpr))
            return
        case _:
            pass
    for child in ast.iter_child_nodes(node):
        yield from _binds(child)
