"""tau2-bench: the tasks of a domain, its tools, and its policy as a text.

A task becomes an example: its reason for calling is what the user says, the calls that write are expected with their arguments,
the other tools that write are avoided, since a task is graded by the database that it leaves, and what has to be communicated is
mentioned. The simulated user does not come along: what it would say later is lost, and so are arguments that are lists.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from ....model.identity import is_id, is_name
from ....source.records import dataclass
from ..document import Node
from ..draft import Draft, title, words
from ..failing import NotThis
from ..literals import literal_of, type_of
from ..talk import state

READS = "tasks of tau2-bench (JSON), with the tools of the domain and its policy"

_NOTES = ("notes are no requirement", "put them into a comment")
_TURNS = (
    "a conversation of a spec is written out; nobody plays the user",
    "write further turns with `user` and `agent`",
)

REASONS = {
    "task_instructions": _TURNS,
    "unknown_info": _TURNS,
    "persona": (
        "a conversation of a spec is written out; nobody plays the user",
        "write the message as this person would",
    ),
    "domain": ("it is the name of the feature", "say it with `--name`"),
    "nl_assertions": ("only a model could tell", "state it as a requirement"),
    "reward_basis": ("it says how a task is rewarded", "nothing, if it is the database and what is communicated"),
    "relevant_policies": ("requirements are not told from a policy's text", "name them with `tries`"),
    "notes": _NOTES,
    "info": _NOTES,
    "action_id": ("calls have no IDs", "nothing, a spec does without"),
    "initial_state": ("a spec says what a tool returns, and holds no database", "say it with `tool … returns`"),
    "ticket": ("a conversation of a spec is written out; nobody plays the user", "write the message that is sent"),
    "user_tools": ("nobody plays the user", "say with `given` what the user finds"),
    "issues": _NOTES,
    "annotations": _NOTES,
    "returns": ("a spec says what a tool returns as a record", "write `returns { … }`"),
    "params": ("a tool without parameters", "nothing, a spec does without"),
    "kind": ("of the sorts of tools a spec knows those that write", "nothing, a spec does without"),
    "compare_args": ("all arguments that are written are compared", "leave out those that do not matter"),
    "requestor": ("calls are the model's", "say in a turn what the user does"),
    "env_assertions": ("a spec holds no database", "say it with `calls` or `avoids`"),
}

_TYPES = {
    "str": "text",
    "int": "int",
    "float": "decimal",
    "bool": "bool",
    "string": "text",
    "integer": "int",
    "number": "decimal",
}


@dataclass(frozen=True, slots=True)
class _Tool:
    """`known` if the list of tools tells whether it `writes`."""

    name: str
    writes: bool
    known: bool
    parameters: tuple[tuple[str, str], ...]


def convert(documents: Sequence[Node], draft: Draft) -> None:
    """Lay out tasks, tools and policy, told by their shapes."""
    tasks = next((one for one in documents if any(_is_task(task) for task in one.each())), None)
    if tasks is None:
        raise NotThis(documents[0], "a list of tasks with `evaluation_criteria`")
    listed = next(
        (one for one in documents if one is not tasks and one.is_list and any(_function(tool) for tool in one.each())),
        None,
    )
    for one in documents:
        if one.is_text:
            state(draft, one, one.text, {})
    tools = {tool.name: tool for tool in _tools(draft, tasks, listed)}
    count: Counter[str] = Counter()
    found = [task for task in tasks.each() if _is_task(task)]
    made = sum(_task(draft, task, tools, count) for task in found)
    draft.figures.append(
        f"{made:,} of {len(found):,} tasks are examples, {count['whole']:,} with everything that they are graded by"
    )
    draft.figures.append(
        f"{count['full']:,} of {count['calls']:,} expected calls have all their arguments, {count['partly']:,} some of them"
    )


def _is_task(node: Node) -> bool:
    return node.is_map and node.get("evaluation_criteria") is not None and node.get("user_scenario") is not None


def _function(tool: Node) -> Node | None:
    """What describes a tool, as tau2 lists it or as a function of a chat API."""
    held = tool.get("function") or tool
    known = held.is_map and any(held.get(key) for key in ("params", "parameters", "doc"))
    return held if known and is_name(held.word("name")) else None


def _tools(draft: Draft, tasks: Node, listed: Node | None) -> Iterator[_Tool]:
    """The tools of the domain, and those that only the tasks know, of which nobody knows whether they write."""
    seen: dict[str, dict[str, list[Node]]] = {}
    for task in tasks.each():
        for action in task.each("evaluation_criteria", "actions"):
            held = seen.setdefault(action.word("name"), {})
            arguments = action.get("arguments")
            for name, node in arguments.items if arguments is not None else ():
                held.setdefault(name, []).append(node)
    known: set[str] = set()
    for tool in listed.each() if listed is not None else ():
        described = _function(tool)
        if described is None or described.word("name") in known:
            continue
        known.add(described.word("name"))
        yield _declared(draft, described, seen.get(described.word("name"), {}))
    for name, used in seen.items():
        if is_name(name) and name not in known:
            parameters = tuple((one, type_of(nodes)) for one, nodes in used.items() if is_name(one))
            yield _declare(draft, _Tool(name, writes=False, known=False, parameters=parameters), "", ())


def _declared(draft: Draft, described: Node, used: dict[str, list[Node]]) -> _Tool:
    name = described.get("name")
    doc = described.get("doc") or described.get("description")
    writes = any("WRITE" in one.text for one in described.each("kind"))
    nodes = [one for one in (name,) if one is not None]
    parameters: list[tuple[str, str]] = []
    for one in described.each("params"):
        if is_name(one.word("name")):
            said = _TYPES.get(one.word("type"), "")
            parameters.append((one.word("name"), said or type_of(used.get(one.word("name"), []))))
            nodes.extend(
                part for key in ("name", "type") if (part := one.get(key)) is not None and (key == "name" or said)
            )
            kind = one.get("type")
            if not said and kind is not None:
                draft.ledger.change(
                    kind,
                    f"tool {described.word('name')}",
                    "the type is told from the tasks",
                    "write the type that it has",
                )
    properties = described.get("parameters", "properties")
    for key, one in properties.items if properties is not None else ():
        if is_name(key):
            said = _TYPES.get(one.word("type"), "")
            parameters.append((key, said or type_of(used.get(key, []))))
            nodes.extend([kind] if (kind := one.get("type")) is not None and said else [])
    made = _Tool(described.word("name"), writes, described.get("kind") is not None, tuple(parameters))
    if writes:
        nodes.extend(described.each("kind"))
    about = (doc.text if doc is not None else "").partition("\n\n")[0]
    _declare(draft, made, about, nodes)
    if doc is not None and about:
        key = f"tool {made.name}"
        if about.strip() == doc.text.strip():
            draft.ledger.take(doc, key)
        else:
            why = "its first paragraph says what a tool is for; arguments and results are types"
            draft.ledger.change(doc, key, why, "say more in `about`, if the model needs it")
    return made


def _declare(draft: Draft, tool: _Tool, about: str, nodes: Sequence[Node]) -> _Tool:
    parameters = ", ".join(f"{name}: {type}" for name, type in tool.parameters)
    said = words(" ".join(about.split()) or f"{tool.name.replace('_', ' ').capitalize()}.")
    draft.add(
        "tool",
        f"tool {tool.name}",
        f"  tool {tool.name}({parameters}) {{ about {said}{'; writes' if tool.writes else ''} }}",
        nodes,
    )
    return tool


def _task(draft: Draft, task: Node, tools: dict[str, _Tool], count: Counter[str]) -> bool:
    """A task as an example, and one more for each call of a tool that another call of it hides."""
    said = _said(task)
    if not said:
        draft.ledger.lose(task, "nobody says anything in it", "write an `example` for it")
        return False
    rounds: list[list[str]] = [[]]
    nodes: list[Node] = list(said)
    called: Counter[str] = Counter()
    complete = _is_told(task, tools)
    all_count = "ACTION" in {one.text for one in task.each("evaluation_criteria", "reward_basis")}
    for action in task.each("evaluation_criteria", "actions"):
        tool = tools.get(action.word("name"))
        if action.word("requestor") == "user":
            draft.ledger.lose(
                action, "it is what the user does, and nobody plays the user", "say with `given` what came of it"
            )
            complete = False
            continue
        if tool is None or (tool.known and not tool.writes and not all_count):
            why = "a call that only reads leaves the database as it is, and is not graded"
            draft.ledger.lose(action, why, "say with `tool_use` when a tool has to be called")
            continue
        count["calls"] += 1
        arguments, taken, all_of_them = _arguments(draft, action, tool)
        complete = complete and all_of_them
        count["full"] += all_of_them
        count["partly"] += not all_of_them
        at = called[tool.name]
        if at == len(rounds):
            rounds.append([])
        rounds[at].append(f"calls {tool.name}{arguments}")
        called[tool.name] += 1
        nodes.extend(taken)
    for told in task.each("evaluation_criteria", "communicate_info"):
        if told.text.strip():
            rounds[0].append(f"mentions {words(told.text)}")
            nodes.append(told)
    rounds[0].extend(f"avoids {name}" for name, tool in tools.items() if tool.writes and name not in called)
    count["whole"] += complete
    id = _written(draft, task, rounds, nodes)
    why = "instructions for somebody who plays the user are what the user says, in one message"
    draft.ledger.change(said[0], id, why, "write it in the user's own words, with the turns that follow")
    return True


def _is_told(task: Node, tools: dict[str, _Tool]) -> bool:
    """Whether what a task is graded by can be said: the database by calls that write, and what is communicated."""
    criteria = task.get("evaluation_criteria")
    basis = {one.text for one in task.each("evaluation_criteria", "reward_basis")}
    judged = "NL_ASSERTION" in basis and bool(task.each("evaluation_criteria", "nl_assertions"))
    asserted = bool(task.each("evaluation_criteria", "env_assertions"))
    return criteria is not None and not judged and not asserted and any(one.known for one in tools.values())


def _said(task: Node) -> list[Node]:
    told = task.get("user_scenario", "instructions")
    if told is None:
        return []
    parts = [told] if told.is_text else [told.get("reason_for_call"), told.get("known_info")]
    return [one for one in parts if one is not None and one.text.strip()]


def _written(draft: Draft, task: Node, rounds: Sequence[Sequence[str]], nodes: Sequence[Node]) -> str:
    """The examples of a task; the ID of the first."""
    own = task.get("id")
    purpose = task.get("description", "purpose")
    user = words("\n\n".join(one.text.strip() for one in _said(task)))
    wanted = f"TASK-{own.text}" if own is not None else ""
    first = wanted if is_id(wanted) and not draft.has(wanted) else draft.id("OTHER")
    called = purpose.text if purpose is not None and purpose.text else first
    for number, expects in enumerate(rounds):
        id = first if number == 0 else f"{first}-{number + 1}"
        lines = ["holdout", f"user {user}", *([f"expect {', '.join(dict.fromkeys(expects))}"] if expects else [])]
        body = "\n".join(f"    {line}" for line in lines)
        held = [*nodes, *([own] if own is not None else [])] if number == 0 else []
        draft.add("example", id, f"  {id} example {title(called)} {{\n{body}\n  }}", held)
    if purpose is not None and purpose.text and len(title(called)) - 2 == len(purpose.text):
        draft.ledger.take(purpose, first)
    elif purpose is not None and purpose.text:
        draft.ledger.change(
            purpose, first, "the title has its first words", "put the rest into a comment, if it tells more"
        )
    return first


def _arguments(draft: Draft, action: Node, tool: _Tool) -> tuple[str, list[Node], bool]:
    """The arguments as a spec writes them, the values that they say, and whether these are all."""
    types = dict(tool.parameters)
    taken = [node for node in (action.get("name"),) if node is not None]
    said: list[str] = []
    held = action.get("arguments")
    for name, node in held.items if held is not None else ():
        value = literal_of(node, types.get(name, ""))
        if value:
            said.append(f"{name}: {value}")
            taken.append(node)
        else:
            why = "an argument that is a list or a record can't be written in a call"
            draft.ledger.lose(node, why, "say with `custom` what has to be in it")
    complete = len(said) == len(held.items if held is not None else ())
    return (f"({', '.join(said)})" if said else ""), taken, complete
