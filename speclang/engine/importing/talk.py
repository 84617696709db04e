"""What prompts and conversations of other tools become: requirements in prose, givens, shots and tried examples.

In: messages with their roles, rows of variables. Out: parts of a draft.
Invariant: a template is never rendered: `{{ name }}` becomes a hole or is replaced by a value, and all else stays text.
"""

from collections.abc import Mapping, Sequence
from json import JSONDecodeError, loads

from ...source.records import dataclass
from ..adoption.passages import passages
from .document import Node
from .draft import Draft, holed, is_code, names_in, pieces, substituted, title, visible, words

SYSTEM = frozenset({"system", "developer"})
AGENT = frozenset({"assistant", "model", "ai"})


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a template, and the value that holds it."""

    role: str
    text: str
    node: Node


@dataclass(frozen=True, slots=True)
class Row:
    """One test: the values of variables, what is expected as `expect` writes it, and the values of the file that say so."""

    title: str
    values: tuple[tuple[str, str], ...]
    expects: tuple[str, ...]
    nodes: tuple[Node, ...]
    tries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Talk:
    """How a test of this prompt is put: the user's message with variables, and the variables that the prompt itself shows."""

    template: str
    inside: tuple[str, ...]

    def try_out(self, draft: Draft, row: Row, prefix: str = "EX") -> str:
        """An example that is tried; its ID."""
        id = draft.id(prefix)
        values = dict(row.values)
        said = substituted(self.template, row.values) if self.template else "\n".join(values.values())
        lines = ["holdout", f"user {words(said if said.strip() else 'Please begin.')}"]
        lines.extend(f"given {draft.named(name)} {words(values[name])}" for name in self.inside if name in values)
        if row.expects:
            lines.append(f"expect {', '.join(dict.fromkeys(row.expects))}")
        if row.tries:
            lines.append(f"tries {', '.join(dict.fromkeys(row.tries))}")
        body = "\n".join(f"    {line}" for line in lines)
        return draft.add(
            "example",
            id,
            f"  {id} example {title(row.title or ' '.join(values.values()) or said)} {{\n{body}\n  }}",
            row.nodes,
        )


def state(draft: Draft, node: Node, text: str, typical: Mapping[str, str]) -> tuple[str, ...]:
    """The prompt `text`, which stands at `node`, as requirements in prose; the variables that it shows, as givens."""
    inside = names_in(text)
    for name in inside:
        given(draft, name, typical.get(name, ""))
    heading, last = "", ""
    left_out: list[str] = []
    for passage in passages(text):
        if not passage.stated:
            left_out.extend([passage.text.strip()] if is_code(passage.text) else [])
            continue
        id = draft.id("P")
        said = f"{id} prose {holed(pieces(passage.text), draft)}"
        above = f"  # {visible(passage.section)}\n" if passage.section.strip() and passage.section != heading else ""
        heading = passage.section
        last = draft.add("requirement", id, f"{above}  {said}", (node,))
    if not last:
        draft.ledger.lose(node, "it states nothing", "write what the prompt says as requirements")
        return inside
    if left_out:
        lines = ", ".join(f"`{' '.join(one.split())[:60]}`" for one in left_out[:3])
        draft.ledger.change(
            node,
            last,
            f"lines for a template engine are left out: {lines}",
            "say with `when` where a requirement holds",
        )
    elif is_code(text):
        draft.ledger.change(
            node,
            last,
            "what is there for a template engine stands in the prompt as it is",
            "say with `when` where a requirement holds",
        )
    if any(not one.stated and one.text.strip() for one in passages(text)):
        why = "headings and marks of lists are laid out anew"
        draft.ledger.change(node, last, why, "`specc init --adopt` takes a prompt over byte for byte")
    return inside


def given(draft: Draft, name: str, typical: str = "") -> str:
    """A given that the caller knows; the name that it has in the spec."""
    called = draft.named(name)
    if not draft.has(f"given {called}"):
        usual = f"; typical {words(typical)}" if typical.strip() else ""
        about = words(f"the {name.replace('_', ' ')}")
        draft.add("given", f"given {called}", f"  given {called} text {{ name {about}; from context{usual} }}")
    return called


def lay(draft: Draft, messages: Sequence[Message], typical: Mapping[str, str]) -> Talk:
    """The messages of a template: what the system says is stated, what is said before the last user is shown."""
    spoken = [one for one in messages if one.role not in SYSTEM]
    inside: list[str] = []
    for one in messages:
        if one.role in SYSTEM:
            inside.extend(state(draft, one.node, one.text, typical))
    asked = next((one for one in reversed(spoken) if one.role == "user"), None)
    before = spoken[: spoken.index(asked)] if asked is not None else spoken
    if before:
        _show(draft, before)
    for one in spoken[len(before) + 1 :] if asked is not None else ():
        draft.ledger.lose(
            one.node, "an answer begins after the last message of a user", "say with `format` how it has to begin"
        )
    if asked is None:
        return Talk("", tuple(dict.fromkeys(inside)))
    if names_in(asked.text):
        draft.ledger.take(asked.node, "the messages of examples")
    elif asked.text.strip():
        draft.add("ask", "ask", f"  ask {words(asked.text)}", (asked.node,))
    return Talk(asked.text, tuple(dict.fromkeys(inside)))


def _show(draft: Draft, before: Sequence[Message]) -> None:
    """A conversation that stands in the template before the user asks, as a shot."""
    roles = [one.role for one in before]
    plain = not any(names_in(one.text) or is_code(one.text) for one in before)
    if not plain or roles[0] != "user" or roles[-1] not in AGENT or not set(roles) <= {"user", *AGENT}:
        for one in before:
            why = "a shown example begins with a user, ends with an answer and has no variables"
            draft.ledger.lose(one.node, why, "write it as an `example` with `shot`")
        return
    id = draft.id("SHOT")
    lines = "\n".join(f"    {'user' if one.role == 'user' else 'agent'} {words(one.text)}" for one in before)
    draft.add("example", id, f"  {id} example {{\n    shot\n{lines}\n  }}", [one.node for one in before])


def require(draft: Draft, kind: str, prefix: str, body: str, name: str, nodes: Sequence[Node]) -> str:
    """A requirement of another kind than prose; its ID."""
    id = draft.id(prefix)
    said = f" {title(name)}" if name.strip() else ""
    return draft.add("requirement", id, f"  {id} {kind}{said} {{ {body} }}", nodes)


def messages_of(node: Node, text: str) -> list[Message]:
    """The messages of a file that is a list of them, or of a `text` that is one in JSON; none for a text that is the prompt."""
    if node.is_list:
        held = [(one, one.get("content")) for one in node.each()]
        return [Message(one.word("role"), said.text, said) for one, said in held if said is not None and said.is_text]
    if not text.lstrip().startswith("["):
        return []
    try:
        data = loads(text)
    except (JSONDecodeError, RecursionError):
        return []
    found = [
        Message(str(one.get("role", "")), one["content"], node)
        for one in data
        if isinstance(one, dict) and isinstance(one.get("content"), str)
    ]
    return found if len(found) == len(data) else []
