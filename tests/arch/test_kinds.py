"""All that a kind means stands in its file: nothing outside of `kinds/` asks which kind a requirement is of."""

import ast
from collections.abc import Iterator

from tests.arch.house import Module, modules


def asks_for_a_kind(module: Module) -> Iterator[int]:
    """Lines where `.kind` is compared with a name, or matched against one."""
    for node in ast.walk(module.tree):
        match node:
            case ast.Compare(left=left, comparators=right):
                sides = [left, *right]
                if any(is_kind(side) for side in sides) and any(names_one(side) for side in sides):
                    yield node.lineno
            case ast.Match(subject=subject, cases=cases) if is_kind(subject):
                yield from (case.pattern.lineno for case in cases if names_one(case.pattern))
            case ast.MatchClass(kwd_attrs=names, kwd_patterns=patterns):
                for name, pattern in zip(names, patterns, strict=True):
                    if name == "kind" and isinstance(pattern, ast.MatchValue):
                        yield pattern.lineno
            case _:
                pass


def is_kind(node: ast.expr) -> bool:
    """`requirement.kind`; the `kind` of a part of an artifact is another thing."""
    return (
        isinstance(node, ast.Attribute)
        and node.attr == "kind"
        and not (isinstance(node.value, ast.Name) and node.value.id == "part")
    )


def names_one(node: ast.AST) -> bool:
    kinds = {one.name.split("/")[1].removesuffix(".py") for one in modules() if one.folder == "kinds"}
    return any(isinstance(one, ast.Constant) and one.value in kinds for one in ast.walk(node))


def test_no_kind_is_named_outside_of_kinds() -> None:
    named = [
        f"{module.name}:{line}" for module in modules() if module.folder != "kinds" for line in asks_for_a_kind(module)
    ]
    assert named == []


def test_every_kind_has_a_docstring_with_a_good_and_a_bad_example() -> None:
    poor = [
        module.name
        for module in modules()
        if module.folder == "kinds" and module.name.count("/") == 1 and not module.name.endswith("/__init__.py")
        if module.docstring.count("```spec") < 1
    ]
    assert poor == []
