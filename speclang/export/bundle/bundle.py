"""Definitions of many modules as one file: what the roots use, however far that goes, and nothing else.

In: the texts of our modules, and the definitions that are wanted. Out: one text, in which a name is written as in its own module wherever
that is possible; else the name of its module stands before it.
Invariant: every statement is the module's own but for the names in it; the same modules give the same text.
"""

import ast
import builtins
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from ...source.records import dataclass
from .reading import Beside, Definition, Foreign, Module, NotBundled, read
from .scopes import Use

Source: TypeAlias = tuple[str, bool]
"""The text of a module, and whether it is a package."""

STANDS_FOR = {"source.records": "dataclasses"}
"""Modules of ours that only make something of the standard library cheaper to import (decision 0091)."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """`text` holds imports and definitions; `names` tells what each root is called in it.

    `libraries` are the packages that are no part of the standard library, each with the roots that need it.
    """

    text: str
    names: Mapping[tuple[str, str], str]
    libraries: Mapping[str, tuple[tuple[str, str], ...]]


def bundle(
    source: Callable[[str], Source | None], roots: Sequence[tuple[str, str]], taken: frozenset[str] = frozenset()
) -> Bundle:
    """What the `roots` need, each a module and a name in it; nothing is called as one of `taken`. Raises `NotBundled`."""
    return _Bundler(source, taken).made(roots)


Meaning: TypeAlias = "tuple[str, str] | Foreign"
"""What a name means: a module of ours and what it defines, or something of another package."""


class _Bundler:
    """One bundling under way."""

    __slots__ = ("_modules", "_source", "_taken_names")

    def __init__(self, source: Callable[[str], Source | None], taken: frozenset[str]) -> None:
        self._source = source
        self._taken_names = taken
        self._modules: dict[str, Module | None] = {}

    def made(self, roots: Sequence[tuple[str, str]]) -> Bundle:
        needed = self._needed(roots)
        foreign = self._foreign(needed)
        names = self._names(needed, foreign)
        parts: list[str] = []
        for module in self._ordered(needed):
            texts = [self._text(one, names) for one in module.definitions if one in needed]
            taken = self._taken(module.name, needed)
            if taken:
                members = ", ".join(f"{name}={names[where, name]}" for where, name in taken)
                texts.append(f"{_space(module.name)} = SimpleNamespace({members})")
                foreign["SimpleNamespace"] = Foreign("types", "SimpleNamespace", "SimpleNamespace")
            parts.append(f"# From speclang/{module.name.replace('.', '/')}.py\n" + "\n\n".join(texts))
        found = {root: names[self._resolved(*root)] for root in roots}
        return Bundle("\n\n\n".join([_head(foreign), *parts]) + "\n", found, self._libraries(roots))

    def _module(self, name: str) -> Module | None:
        if name not in self._modules:
            held = self._source(name)
            self._modules[name] = None if held is None else read(name, held[0], package=held[1])
        return self._modules[name]

    def _resolved(self, module: str, name: str) -> tuple[str, str]:
        """Where `name` is defined that can be imported from `module`."""
        found = self._module(module)
        if found is None:
            raise NotBundled(f"there is no module {module}")
        if any(name in one.names for one in found.definitions):
            return module, name
        other = found.imports.get(name)
        if not isinstance(other, Beside):
            raise NotBundled(f"{module} defines no `{name}`")
        return self._resolved(other.module, other.name)

    def _meant(self, definition: Definition, use: Use) -> "tuple[Meaning, ast.expr] | None":
        """What `use` means in `definition`, and the characters that say so; None for what the language has."""
        module = self._module(definition.module)
        if module is None or any(use.name in one.names for one in module.definitions):
            return (definition.module, use.name), use.node
        match module.imports.get(use.name):
            case Foreign() as foreign:
                return foreign, use.node
            case Beside(module=where, name=own) if where in STANDS_FOR:
                return Foreign(STANDS_FOR[where], own, use.name), use.node
            case Beside(module=where, name=own) if self._module(f"{where}.{own}") is not None:
                if use.outer is None:
                    raise NotBundled(f"{definition.module} hands on the module {own}")
                stands = STANDS_FOR.get(f"{where}.{own}")
                if stands is not None:
                    return Foreign(stands, "", stands), use.node
                return self._resolved(f"{where}.{own}", use.outer.attr), use.outer
            case Beside(module=where, name=own):
                return self._resolved(where, own), use.node
            case _:
                if not hasattr(builtins, use.name):
                    raise NotBundled(f"`{use.name}` of {definition.module} is bound nowhere")
                return None

    def _all(self, definition: Definition) -> "Iterator[tuple[Meaning, ast.expr, frozenset[str]]]":
        """What each use in `definition` means, the characters that say so, and which names are local there."""
        for use in definition.uses:
            found = self._meant(definition, use)
            if found is not None:
                yield (*found, use.local)

    def _defining(self, module: str, name: str) -> Definition:
        found = self._module(module)
        return next(one for one in (found.definitions if found else ()) if name in one.names)

    def _needed(self, roots: Iterable[tuple[str, str]]) -> dict[Definition, None]:
        needed: dict[Definition, None] = {}
        waiting = [self._defining(*self._resolved(*root)) for root in roots]
        while waiting:
            one = waiting.pop()
            if one in needed:
                continue
            needed[one] = None
            waiting.extend(self._defining(*meant) for meant, _, _ in self._all(one) if not isinstance(meant, Foreign))
        return needed

    def _foreign(self, needed: Iterable[Definition]) -> dict[str, Foreign]:
        found: dict[str, Foreign] = {}
        for one in needed:
            for meant, _, _ in self._all(one):
                if isinstance(meant, Foreign) and found.setdefault(meant.local, meant) != meant:
                    raise NotBundled(f"`{meant.local}` is two things, one of them in {one.module}")
        return found

    def _names(self, needed: Mapping[Definition, None], foreign: Mapping[str, Foreign]) -> dict[tuple[str, str], str]:
        """What each definition is called: as in its module, unless that name is taken or hidden where it is used."""
        owners: dict[str, list[str]] = {}
        for one in needed:
            for name in one.names:
                owners.setdefault(name, []).append(one.module)
        hidden = {
            meant
            for one in needed
            for meant, node, local in self._all(one)
            if not isinstance(meant, Foreign) and meant[1] in local
        }
        taken = {*foreign, *dir(builtins), *self._taken_names}
        names: dict[tuple[str, str], str] = {}
        for name, modules in sorted(owners.items()):
            for module in sorted(modules):
                plain = len(modules) == 1 and name not in taken and (module, name) not in hidden
                last = module.rpartition(".")[2]
                prefixed = f"_{last}_{name.lstrip('_')}" if name.startswith("_") else f"{last}_{name}"
                names[module, name] = name if plain else prefixed
        if len(set(names.values())) != len(names):
            raise NotBundled("two definitions would have one name")
        return names

    def _ordered(self, needed: Mapping[Definition, None]) -> list[Module]:
        """The modules of `needed`, each after those that it uses."""
        done: dict[str, Module] = {}

        def visit(name: str) -> None:
            module = self._module(name)
            if module is None or name in done:
                return
            own = [one for one in module.definitions if one in needed]
            used = {meant[0] for one in own for meant, _, _ in self._all(one) if not isinstance(meant, Foreign)}
            for other in sorted(used - {name}):
                visit(other)
            done.setdefault(name, module)

        for name in sorted({one.module for one in needed}):
            visit(name)
        return list(done.values())

    def _taken(self, module: str, needed: Iterable[Definition]) -> list[tuple[str, str]]:
        """What is taken of `module` as `module.name` somewhere."""
        found = {
            meant
            for one in needed
            for meant, node, _ in self._all(one)
            if isinstance(node, ast.Attribute) and not isinstance(meant, Foreign) and meant[0] == module
        }
        return sorted(found)

    def _text(self, definition: Definition, names: Mapping[tuple[str, str], str]) -> str:
        """The lines of `definition` with the names that things have in the bundle."""
        module = self._module(definition.module)
        lines = list(module.lines if module else ())
        edits: list[tuple[int, int, int, str]] = []
        for meant, node, local in self._all(definition):
            new = meant.local if isinstance(meant, Foreign) else names[meant]
            if isinstance(node, ast.Attribute) and not isinstance(meant, Foreign):
                new = f"{_space(meant[0])}.{meant[1]}"  # a bare name would mean something else in a pattern
            if new in local:
                raise NotBundled(f"`{new}` is hidden in {definition.module}:{node.lineno}")
            if node.lineno != node.end_lineno:
                raise NotBundled(f"a name of {definition.module}:{node.lineno} goes over two lines")
            edits.append((node.lineno, node.col_offset, node.end_col_offset or 0, new))
        for name, line in definition.heads:
            raw = lines[line - 1].encode()
            keyword = b"class " if raw.startswith(b"class ") else b"def "
            start = raw.index(keyword) + len(keyword)
            edits.append((line, start, start + len(name.encode()), names[definition.module, name]))
        for line, start, end, new in sorted(edits, reverse=True):
            raw = lines[line - 1].encode()
            lines[line - 1] = (raw[:start] + new.encode() + raw[end:]).decode()
        kept = (
            "\n".join(lines[at - 1] for at in range(first, last + 1) if at not in definition.dropped)
            for first, last in definition.ranges
        )
        return "\n".join(kept)

    def _libraries(self, roots: Iterable[tuple[str, str]]) -> dict[str, tuple[tuple[str, str], ...]]:
        """The packages beyond the standard library that are imported when a root is called."""
        found: dict[str, list[tuple[str, str]]] = {}
        for root in roots:
            needed = self._needed([root])
            named = {library.partition(".")[0] for one in needed for library in one.libraries}
            for library in sorted(named - sys.stdlib_module_names):
                found.setdefault(library, []).append(root)
        return {library: tuple(found[library]) for library in sorted(found)}


def _space(module: str) -> str:
    """What a module is called of which something is taken by `module.name`."""
    return f"_{module.rpartition('.')[2]}"


def _head(foreign: Mapping[str, Foreign]) -> str:
    """The imports from the standard library."""
    whole = sorted({one for one in foreign.values() if not one.name}, key=lambda one: one.module)
    lines = [f"import {one.module}" + (f" as {one.local}" if one.local != one.module else "") for one in whole]
    by_module: dict[str, list[str]] = {}
    for one in foreign.values():
        if one.name:
            shown = one.name if one.name == one.local else f"{one.name} as {one.local}"
            by_module.setdefault(one.module, []).append(shown)
    lines += [f"from {module} import {', '.join(sorted(names))}" for module, names in sorted(by_module.items())]
    return "\n".join(lines)
