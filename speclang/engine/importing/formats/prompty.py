"""Prompty: a prompt of messages below a front matter in YAML.

System messages are stated, inputs become givens, the sample is an example that is tried.
"""

from collections.abc import Sequence

from ..document import Node
from ..draft import Draft, names_in
from ..failing import NotThis
from ..talk import Message, Row, Talk, lay

READS = "`.prompty` files"

REASONS = {
    "model": ("a spec is for every model", "name models where you run the cases"),
    "authors": ("who wrote a prompt is no requirement", "name the `owner` of the feature"),
    "tags": ("tags belong to requirements", "write `tags` at the requirements that they are about"),
    "version": ("versions are kept by your repository", "nothing, if the file is in one"),
    "outputs": ("the form of an answer is a requirement", "state it as `format` with `must json { … }`"),
    "tools": ("what tools do is not said here", "declare each `tool`"),
    "inputs": ("variables of the user's message have their values in examples", "nothing, a spec does without"),
    "sample": ("the prompt does not show it", "nothing, a spec does without"),
    "type": ("a variable of a template is a text", "give the `given` another type, where the prompt means one"),
    "template": ("a template is not rendered", "nothing, as long as `{{ name }}` is all that it uses"),
    "source": ("where a prompt comes from is no requirement", "put it into a comment"),
    "url": ("where a prompt comes from is no requirement", "put it into a comment"),
    "description": ("it describes the file", "put it into a comment"),
}


def convert(documents: Sequence[Node], draft: Draft) -> None:
    """Lay out the one file."""
    file = documents[0]
    if len(documents) != 1 or not file.each("messages"):
        raise NotThis(file if len(documents) == 1 else documents[1], "one file with a front matter and a prompt")
    name = file.get("name")
    if name is not None and name.text:
        draft.title = draft.ledger.take(name, "the title")
    talk, usual = lay_out(file, draft)
    sample = file.get("sample")
    shown = {*talk.inside, *names_in(talk.template)}
    nodes = tuple(node for key, node in (sample.items if sample is not None else ()) if key in shown and not node.items)
    if nodes:
        talk.try_out(
            draft, Row("The sample", tuple((key, text) for key, text in usual.items() if key in shown), (), nodes)
        )


def lay_out(file: Node, draft: Draft) -> tuple[Talk, dict[str, str]]:
    """The prompt of `file` as parts of `draft`; how a test of it is put, and the usual values of its variables."""
    usual: dict[str, str] = {}
    inputs = file.get("inputs")
    for name, node in inputs.items if inputs is not None else ():
        for held in (node.get("default"), node.get("sample"), node):
            if held is not None and not held.items and held.text:
                usual[name] = held.text
    sample = file.get("sample")
    usual.update({name: node.text for name, node in (sample.items if sample is not None else ()) if not node.items})
    messages: list[Message] = []
    for one in file.each("messages"):
        content = one.get("content")
        if content is not None:
            messages.append(Message(one.word("role"), content.text, content))
            draft.ledger.take(one.get("role"), "the messages")
    talk = lay(draft, messages, usual)
    for name, node in inputs.items if inputs is not None else ():
        if name in talk.inside:
            for held in (node.get("default"), node.get("sample")):
                draft.ledger.take(held, f"given {draft.named(name)}")
    return talk, usual
