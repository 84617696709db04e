"""One word per concept: `docs/words.md` lists the words, and texts for users use no second one."""

import ast
import re

from tests.arch.house import PACKAGE, ROOT, modules

REFUSED = {
    "test case": "case",
    "testcase": "case",
    "test-case": "case",
    "scorer": "grader",
    "evaluator": "grader",
    "gold answer": "expected",
    "placeholder variable": "hole",
    "out-of-date": "stale",
    "lockfile": "lock",
    "prompt template": "layout",
    "counterexample": "witness",
    "requirement type": "kind",
}

STYLE = {
    r"\berror:": "the severity is drawn, not written",
    r"\bplease\b(?! report)": "a message states, it does not ask",
    r"\b(NoneType|AttributeError|KeyError|TypeError|ValueError|Decimal\(|dataclass|pydantic)\b": "a user never sees a name of Python's",
    r"\binvalid\b": "say what is wrong with it",
    r"[!?]$": "a message ends in neither ! nor ?",
}


def texts() -> list[tuple[str, str]]:
    """Every text for users with its place: messages, command texts, pages."""
    found = []
    for module in modules():
        if "errors" in module.name or module.folder == "cli":
            documentation = {id(one) for one in documented(module.tree)}
            found += [
                (f"{module.name}:{node.lineno}", node.value)
                for node in ast.walk(module.tree)
                if isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and id(node) not in documentation
                and " " in node.value
            ]
    for path in sorted((PACKAGE / "diagnostics" / "pages").glob("*.md")):
        prose = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        found += [(f"{path.name}:{number}", line) for number, line in enumerate(prose.splitlines(), 1)]
    return found


def documented(tree: ast.AST) -> list[ast.Constant]:
    """The docstrings of a module: for those who read code."""
    return [
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
        and isinstance(node.body[0].value, ast.Constant)
    ]


def test_texts_for_users_use_no_second_word() -> None:
    strays = [
        f"{place}: `{word}` is a {ours}"
        for place, text in texts()
        for word, ours in REFUSED.items()
        if word in text.lower()
    ]
    assert strays == []


def test_messages_state_what_is_wrong_in_the_users_words() -> None:
    strays = [
        f"{place}: {why}: {text[:60]}"
        for place, text in texts()
        for pattern, why in STYLE.items()
        if not place.startswith("cli/") and re.search(pattern, text)
    ]
    assert strays == []


def test_every_word_is_listed_once() -> None:
    page = (ROOT / "docs" / "words.md").read_text(encoding="utf-8")
    words = [word.strip() for row in re.findall(r"^\| ([^|]+) \|", page, re.MULTILINE) for word in row.split(",")]
    assert len(words) == len(set(words))
    assert {
        "requirement",
        "clause",
        "case",
        "grader",
        "check",
        "obligation",
        "outcome",
        "given",
        "hole",
        "origin",
        "witness",
        "lock",
        "drift",
        "trace",
    } <= set(words)


def test_no_comment_rules_off_a_section() -> None:
    ruler = re.compile(r"^\s*#\s?[-=#*~]{3,}", re.MULTILINE)
    assert [module.name for module in modules() if ruler.search(module.text)] == []
