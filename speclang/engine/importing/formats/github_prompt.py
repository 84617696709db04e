"""GitHub Models: `.prompt.yml` files.

System messages are stated, their variables are givens, a row of `testData` is an example, and a `string` evaluator is expected of
each example, or required of every answer where it is the same for all.
"""

from collections.abc import Sequence

from ....source.records import dataclass
from ..document import Node
from ..draft import Draft, names_in, substituted
from ..expecting import mentions, shape_of, term
from ..failing import NotThis
from ..talk import Message, Row, Talk, lay, require

READS = "`.prompt.yml` files of GitHub Models"

REASONS = {
    "model": ("a spec is for every model", "name models where you run the cases"),
    "modelParameters": ("how a model is called is no requirement", "say it where you run the cases"),
    "llm": ("only a model could tell", "state it as a requirement: `prose`, `style`, `ground` or `boundary`"),
    "uses": ("only a model could tell", "state it as a requirement: `prose`, `style`, `ground` or `boundary`"),
    "expected": ("no evaluator compares it with the answer", "say with `expect` in the example what matters of it"),
    "jsonSchema": ("a type does not say all of it", "state it as `format` with `must json { … }`"),
    "tools": ("what tools do is not said here", "declare each `tool`"),
}

_CHECKS = {
    "equals": "equals",
    "contains": "icontains",
    "startsWith": "starts-with",
    "endsWith": "ends-with",
}

_CASE = "upper and lower case count, and white space before it does not"


@dataclass(frozen=True, slots=True)
class _Check:
    """One test on the text of an answer."""

    node: Node
    name: Node | None
    type: str
    value: str


def convert(documents: Sequence[Node], draft: Draft) -> None:
    """Lay out the one file."""
    file = documents[0]
    if len(documents) != 1 or not file.each("messages"):
        raise NotThis(file if len(documents) == 1 else documents[1], "one file with `messages`")
    for key in ("description", "name"):
        if file.word(key):
            draft.title = draft.ledger.take(file.get(key), "the title")
    messages = [
        Message(one.word("role").casefold(), one.word("content"), content)
        for one in file.each("messages")
        if (content := one.get("content")) is not None and content.is_text
    ]
    for one in file.each("messages"):
        draft.ledger.take(one.get("role"), "the messages")
    rows = file.each("testData")
    first = {name: node.text for name, node in (rows[0].items if rows else ())}
    talk = lay(draft, messages, first)
    checks = _checks(file)
    _shape(draft, file)
    fixed = [one for one in checks if not names_in(one.value)]
    for check in fixed:
        made = term(check.type, (check.value,), None, "")
        if made is None:
            continue
        nodes = [check.node, *([check.name] if check.name is not None else [])]
        id = require(draft, "format", "FMT", f"must {made[0]}", check.name.text if check.name else "", nodes)
        different = _CASE if check.type == "starts-with" else made[1]
        if different:
            draft.ledger.change(check.node, id, different, "look whether that is what you want")
    _examples(draft, rows, [one for one in checks if one not in fixed], talk)


def _checks(file: Node) -> list[_Check]:
    found: list[_Check] = []
    for one in file.each("evaluators"):
        held = one.get("string")
        for key, node in held.items if held is not None and held.is_map else ():
            if key in _CHECKS and not node.items and node.text:
                found.append(_Check(node, one.get("name"), _CHECKS[key], node.text))
    return found


def _shape(draft: Draft, file: Node) -> None:
    """The form of the answer that the model was held to."""
    form = file.get("responseFormat")
    if form is None or form.text == "text":
        draft.ledger.take(form, "the prompt")
        return
    schema = file.get("jsonSchema")
    inner = schema.get("schema") if schema is not None and schema.is_map else None
    shape = shape_of(inner) if inner is not None else ""
    if form.text in ("json_object", "json_schema"):
        nodes = [form, *([inner] if inner is not None and shape else [])]
        require(draft, "format", "FMT", f"must json {shape}".rstrip(), "", nodes)


def _examples(draft: Draft, rows: Sequence[Node], checks: Sequence[_Check], talk: Talk) -> None:
    """A row is an example; what is checked against its own words is expected of it."""
    shown = {*talk.inside, *names_in(talk.template)}
    for row in rows:
        held = [(name, node) for name, node in row.items if not node.items]
        values = tuple((name, node.text) for name, node in held)
        nodes = [node for name, node in held if name in shown]
        expects: list[str] = []
        changed: list[tuple[Node, str]] = []
        for one in checks:
            made = mentions(one.type, (substituted(one.value, values),))
            used = [node for name, node in held if name in names_in(one.value)]
            if made is None or not used:
                continue
            expects.extend(made[0])
            nodes.extend([*used, one.node, *([one.name] if one.name is not None else [])])
            changed.extend([(used[0], made[1])] if made[1] else [])
        told = tuple((name, text) for name, text in values if name in shown)
        if not nodes:
            continue
        id = talk.try_out(draft, Row("", told, tuple(expects), tuple(nodes)))
        for node, why in changed:
            draft.ledger.change(node, id, why, "look whether that is what you want")
