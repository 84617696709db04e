"""What other tools check of an answer, in the words of a spec.

In: the name of a check and its value. Out: what `expect` of an example takes, or a term of `format`, and what is different about it.
"""

import re

from ...model.identity import is_name
from .document import Node
from .draft import words

CODE = frozenset({"javascript", "python", "webhook", "ruby"})
JUDGED = frozenset(
    "llm-rubric model-graded-closedqa model-graded-factuality factuality g-eval answer-relevance context-faithfulness "
    "context-recall context-relevance select-best similar classifier moderation pi conversation-relevance".split()
)
_SIMPLE = {"string": "text", "integer": "int", "number": "decimal", "boolean": "bool"}
_KNOWN = frozenset(
    {"type", "properties", "required", "items", "enum", "additionalProperties", "title", "description", "$schema"}
)
_LIMIT = re.compile(r"[0-9]{1,9}")

_SEVERAL = {
    "contains": "contains",
    "contains-all": "contains",
    "icontains": "icontains",
    "icontains-all": "icontains",
    "contains-any": "contains_any",
    "icontains-any": "icontains_any",
}

Term = tuple[str, str]
"""What a spec says, and what is different about it ("" if nothing is)."""

CASE = "a spec compares without regard to upper and lower case"
WEAKER = "of one conversation a spec can demand that a text is in the answer, not that it is the answer"


def reason(type: str) -> Term:
    """Why a check can't be carried over, and what to do."""
    base = type.removeprefix("not-")
    if base in CODE:
        return "code is not part of a spec", "say what it checks with `format`, `content` or `custom`"
    if base in JUDGED:
        return "only a model could tell", "state it as a requirement: `prose`, `style`, `ground` or `boundary`"
    if base in ("latency", "cost"):
        return "a limit of a run holds for all runs", "state it as a `budget`"
    if base.startswith("trajectory") or "tool" in base or "function" in base:
        return "it needs the tools that the prompt may call", "declare each `tool`, and say `calls` in the example"
    return "no check of a spec is the same", "say what it is for with `format`, `content` or `custom`"


def mentions(type: str, values: tuple[str, ...]) -> tuple[tuple[str, ...], str] | None:
    """What `expect` says for a check on the text of one answer, and what is different; None where it can't."""
    texts = tuple(f"mentions {words(one)}" for one in values if one.strip())
    denied = tuple(f"omits {words(one)}" for one in values if one.strip())
    if not texts or len(texts) != len(values):
        return None
    match type:
        case "icontains" | "icontains-all":
            return texts, ""
        case "contains" | "contains-all":
            return texts, CASE
        case "equals" | "starts-with" | "ends-with" if len(texts) == 1:
            return texts, WEAKER
        case "not-icontains" | "not-icontains-any":
            return denied, ""
        case "not-contains" | "not-contains-any":
            return denied, CASE
        case _:
            return None


def term(type: str, values: tuple[str, ...], node: Node | None, threshold: str) -> Term | None:
    """The term of `format` for a check that every answer has to pass, and what is different; None where there is none."""
    if type in ("is-json", "contains-json"):
        return _json(type, node)
    if type in ("is-xml", "contains-xml"):
        return None if values else (type.replace("-", "_").removeprefix("is_"), "")
    quoted = ", ".join(words(one) for one in values)
    if quoted and type in _SEVERAL:
        return f"{_SEVERAL[type]} {quoted}", ""
    return _single(type, quoted, values[0], threshold) if len(values) == 1 else None


def _json(type: str, node: Node | None) -> Term:
    shape = shape_of(node) if node is not None and node.is_map else ""
    name = "json" if type == "is-json" else "contains_json"
    return f"{name} {shape}".strip(), "" if shape or node is None or not node.items else "the JSON schema is left out"


def _single(type: str, quoted: str, value: str, threshold: str) -> Term | None:
    match type:
        case "equals":
            return f"equals {quoted}", ""
        case "starts-with":
            return f"starts {quoted}", "white space before it does not count"
        case "ends-with":
            return f"ends {quoted}", "white space and quotation marks may follow, in upper or lower case"
        case "regex":
            return f"matches /{_pattern(value)}/", ""
        case "levenshtein" if _LIMIT.fullmatch(threshold or "5"):
            return f"levenshtein {quoted} <= {threshold or 5}", ""
        case "rouge-n":
            return f"rouge {quoted} >= {_percent(threshold or '0.75')}", ""
        case "word-count" if _LIMIT.fullmatch(value):
            return f"spaced_words = {value}", ""
        case _:
            return None


def _pattern(text: str) -> str:
    return re.sub(r"(?<!\\)((?:\\\\)*)/", r"\1\\/", text)


def _percent(text: str) -> str:
    try:
        return f"{float(text):.6%}".rstrip("%").rstrip("0").rstrip(".") + "%"
    except ValueError:
        return "75%"


def shape_of(schema: Node) -> str:
    """A JSON schema as a type; "" where a type does not say all of it."""
    kind = schema.word("type")
    if not {name for name, _ in schema.items} <= _KNOWN:
        return ""
    options = schema.each("enum")
    if options:
        same = all(one.is_text and is_name(one.text) for one in options)
        return " | ".join(one.text for one in options) if same and kind in ("", "string") and len(options) > 1 else ""
    if kind in _SIMPLE:
        return _SIMPLE[kind]
    items = schema.get("items")
    if kind == "array" and items is not None:
        inner = shape_of(items)
        return f"list({inner})" if inner else ""
    properties = schema.get("properties")
    if kind != "object" or properties is None or not properties.items:
        return ""
    required = {one.text for one in schema.each("required")}
    fields: list[str] = []
    for name, one in properties.items:
        inner = shape_of(one)
        if not inner or not is_name(name):
            return ""
        fields.append(f"{name}: {inner if name in required else f'optional({inner})'}")
    return f"{{ {', '.join(fields)} }}"
