"""OpenAI Evals: saved bodies of the Evals API: an eval, its runs, and rows of data in JSON Lines.

The messages of a run's template are stated, what they show of an item is a given, each item is an example, and a `string_check`
is expected of the examples, or required of every answer where it compares with the same text for all.
"""

import re
from collections.abc import Iterator, Sequence

from ....source.records import dataclass
from ..document import Node
from ..draft import Draft, names_in, substituted
from ..expecting import mentions, term
from ..failing import NotThis
from ..talk import Message, Row, Talk, lay, require

READS = "saved bodies of the OpenAI Evals API: evals and runs (JSON), rows of data (JSON Lines)"

_JUDGE = ("only a model could tell", "state it as a requirement: `prose`, `style`, `ground` or `boundary`")
_KEPT = ("what the service noted about it is no requirement", "nothing, a spec does without")

REASONS = {
    "model": ("a spec is for every model", "name models where you run the cases"),
    "sampling_params": ("how a model is called is no requirement", "say it where you run the cases"),
    "passing_labels": _JUDGE,
    "labels": _JUDGE,
    "range": _JUDGE,
    "source": (
        "code is not part of a spec, and data of a service is not at hand",
        "save the rows, and name them for the import too",
    ),
    "image_tag": ("code is not part of a spec", "say what it checks with `format`, `content` or `custom`"),
    "evaluation_metric": (
        "a likeness to one answer is no requirement",
        "say with `format` or `content` what has to be in it",
    ),
    "item_schema": ("a variable of a template is a text", "give the `given` another type, where the prompt means one"),
    "include_sample_schema": _KEPT,
    "metadata": _KEPT,
    "id": _KEPT,
    "object": _KEPT,
    "created_at": _KEPT,
    "status": _KEPT,
    "report_url": _KEPT,
    "eval_id": _KEPT,
    "result_counts": ("results are no requirement", "score recorded answers again"),
    "per_model_usage": ("results are no requirement", "score recorded answers again"),
    "per_testing_criteria_results": ("results are no requirement", "score recorded answers again"),
    "sample": ("recorded answers are no requirement", "score them with the graders of this spec"),
    "pass_threshold": _JUDGE,
}

_ITEM = re.compile(r"\{\{-?\s*item\.([A-Za-z_][A-Za-z0-9_]*)\s*-?\}\}")
_ANSWER = re.compile(r"\s*\{\{-?\s*sample\.output_text\s*-?\}\}\s*")
_OPERATIONS = {"eq": "equals", "like": "contains", "ilike": "icontains"}


@dataclass(frozen=True, slots=True)
class _Check:
    """A comparison of the answer with a text, and what in the file says it."""

    nodes: tuple[Node, ...]
    name: str
    type: str
    reference: str


def convert(documents: Sequence[Node], draft: Draft) -> None:
    """Lay out evals, runs and rows, told by their shapes."""
    bodies = [body for one in documents for body in (one.each("data") or one.each() or (one,)) if body.is_map]
    evals = [one for one in bodies if one.get("testing_criteria") is not None]
    runs = [one for one in bodies if one.get("data_source") is not None]
    if not evals and not runs:
        raise NotThis(documents[0], "an eval with `testing_criteria`, or a run with `data_source`,")
    for one in evals[1:]:
        draft.ledger.lose(
            one, "a feature is made of one eval", "import each eval as a feature of its own, with `--name`"
        )
    for one in (*evals[:1], *runs):
        if one.word("name") and draft.ledger.where(one.get("name") or one) is None:
            draft.title = draft.title if one in runs and evals else one.word("name")
            draft.ledger.take(one.get("name"), "the title")
    items = [item for one in bodies for item in _items(one)]
    talk = _template(draft, runs, items[0] if items else None)
    checks = list(_checks(evals[0])) if evals else []
    for check in checks:
        if not names_in(check.reference):
            _require(draft, check)
    open_ones = [check for check in checks if names_in(check.reference)]
    shown = {*talk.inside, *names_in(talk.template)}
    for item in items:
        _example(draft, talk, item, open_ones, shown)


def _items(body: Node) -> Iterator[Node]:
    """The items of a run's own data, or of a row."""
    for row in body.each("data_source", "source", "content"):
        held = row.get("item")
        if held is not None and held.is_map:
            yield held
    row_item = body.get("item")
    if row_item is not None and row_item.is_map:
        yield row_item


def _template(draft: Draft, runs: Sequence[Node], item: Node | None) -> Talk:
    """The messages of the first run that has a template; those of the others are lost."""
    talk: Talk | None = None
    for run in runs:
        held = run.get("data_source", "input_messages")
        template = run.each("data_source", "input_messages", "template")
        if held is None or not template:
            continue
        if talk is not None:
            draft.ledger.lose(
                held, "a feature has one prompt", "import each run as a feature of its own, with `--name`"
            )
            continue
        draft.ledger.take(held.get("type"), "the messages")
        messages: list[Message] = []
        for one in template:
            content = _content(one)
            if content is not None:
                messages.append(Message(one.word("role"), _ITEM.sub(r"{{\1}}", content.text), content))
                for key in ("role", "type"):
                    draft.ledger.take(one.get(key), "the messages")
                draft.ledger.take(one.get("content", "type"), "the messages")
        usual = {name: node.text for name, node in (item.items if item is not None else ()) if not node.items}
        talk = lay(draft, messages, usual)
    return talk or Talk("", ())


def _content(message: Node) -> Node | None:
    """The one text of a message, in any of the shapes that the API takes."""
    held = message.get("content")
    if held is not None and held.is_list and len(held.items) == 1:
        held = held.each()[0]
    if held is not None and held.is_map:
        held = held.get("text")
    return held if held is not None and held.is_text else None


def _checks(body: Node) -> Iterator[_Check]:
    for one in body.each("testing_criteria"):
        operation = _OPERATIONS.get(one.word("operation"))
        reference = one.get("reference")
        if one.word("type") != "string_check" or operation is None or reference is None or not reference.text:
            continue
        if _ANSWER.fullmatch(one.word("input")):
            nodes = tuple(node for key in ("type", "input", "operation", "reference", "name") if (node := one.get(key)))
            yield _Check(nodes, one.word("name"), operation, _ITEM.sub(r"{{\1}}", reference.text))


def _require(draft: Draft, check: _Check) -> None:
    made = term(check.type, (check.reference,), None, "")
    if made is not None:
        require(draft, "format", "FMT", f"must {made[0]}", check.name, check.nodes)


def _example(draft: Draft, talk: Talk, item: Node, checks: Sequence[_Check], shown: set[str]) -> None:
    held = [(name, node) for name, node in item.items if not node.items]
    values = tuple((name, node.text) for name, node in held)
    nodes = [node for name, node in held if name in shown]
    expects: list[str] = []
    changed: list[tuple[Node, str]] = []
    for check in checks:
        used = [node for name, node in held if name in names_in(check.reference)]
        made = mentions(check.type, (substituted(check.reference, values),))
        if made is None or not used:
            continue
        expects.extend(made[0])
        nodes.extend((*used, *check.nodes))
        changed.extend([(used[0], made[1])] if made[1] else [])
    told = tuple(
        (name, text) for name, text in values if name in shown or (not shown and name not in _compared(checks))
    )
    nodes.extend(node for name, node in held if not shown and name not in _compared(checks))
    if not nodes:
        return
    id = talk.try_out(draft, Row("", told, tuple(expects), tuple(nodes)))
    for node, why in changed:
        draft.ledger.change(node, id, why, "look whether that is what you want")


def _compared(checks: Sequence[_Check]) -> set[str]:
    return {name for check in checks for name in names_in(check.reference)}
