"""promptfoo: configurations in YAML or JSON, and the files of prompts that they name.

The first prompt is stated, variables become givens, each test an example. What all tests assert is a `format` requirement;
what one asserts is expected of its example. A file that a configuration names is read only if it was named for the import too.
"""

from collections.abc import Sequence

from ....source.hashing import canonical
from ..asserting import Assertion, asserted, said_by, values_of, variables
from ..document import Node
from ..draft import Draft, names_in
from ..expecting import mentions, reason, term
from ..failing import NotThis
from ..talk import Row, Talk, lay, messages_of, require, state

READS = "configurations of promptfoo (YAML, JSON), with the files of prompts and tests that they name"

_MODELS = ("a spec is for every model", "name models where you run the cases")
_RUNNING = ("how tests are run is no requirement", "say it where you run the cases")
_CHANGING = ("how an answer is changed before it is checked is no requirement", "check the answer as it is")

REASONS = {
    **dict.fromkeys(("providers", "targets", "provider"), _MODELS),
    **dict.fromkeys(("defaultTest", "evaluateOptions"), _RUNNING),
    **dict.fromkeys(("options", "transform"), _CHANGING),
    "vars": ("an example has one text for each variable", "write out each test by itself"),
    "prompts": ("there is no text in it", "write the prompt down, and import that"),
    "tests": ("tests are not written out here", "write them into the configuration, or name their file too"),
    "outputPath": ("where results go is no requirement", "say it where you run the cases"),
    "scenarios": ("tests made of lists are not written out here", "let promptfoo write them out, and import that"),
    "redteam": ("attacks are made at run time", "state an `injection` or a `boundary` requirement"),
    "metadata": ("notes about a test are no requirement", "put them into a comment"),
    "weight": ("requirements have levels and no weights", "write `should` where it must not gate"),
    "metric": ("requirements have IDs and no metrics", "keep the name as the title"),
    "threshold": ("a test passes or not", "write `should` where some may fail"),
    "env": ("the environment is no requirement", "say it where you run the cases"),
}

_PROGRAMS = frozenset({"js", "mjs", "cjs", "ts", "py", "rb", "go", "sh"})
_OPEN = ("a variable in it has no value in this file", "write down what it is to be, and import that")


def convert(documents: Sequence[Node], draft: Draft) -> None:
    """Lay out the configuration among `documents`; the others are files that it names."""
    configs = [one for one in documents if one.is_map]
    if len(configs) != 1 or not any(configs[0].get(key) for key in ("prompts", "tests", "defaultTest")):
        raise NotThis(configs[0] if configs else documents[0], "one configuration with `prompts` and `tests`")
    config = configs[0]
    if config.word("description"):
        draft.title = draft.ledger.take(config.get("description"), "the title")
    others = [one for one in documents if one is not config]
    tests = config.each("tests") or _listed(draft, config, others)
    usual = tuple((name, node.text) for name, node in variables(config.get("defaultTest")))
    typical = {name: node.text for name, node in variables(tests[0] if tests else None)}
    talk = _prompt(draft, config, others, {**dict(usual), **typical})
    shown = set(talk.inside) | set(names_in(talk.template))
    found = [list(asserted(config, test, values_of(test, usual))) for test in tests]
    every = list(asserted(config, config.get("defaultTest"), usual))
    by_test = {one.stands.key for one in every if one.open and tests}
    common = [one for one in every if one.stands.key not in by_test]
    kept = _requirements(draft, found, common)
    said = (one for one in common if term(one.type, one.values, None, "") is None)
    ours = [one for one in said if mentions(one.type, one.values)]
    for number, test in enumerate(tests):
        filled = asserted(config, config.get("defaultTest"), values_of(test, usual)) if by_test else ()
        demands = [
            *(one for one in found[number] if one.stands.key not in kept),
            *ours,
            *(one for one in filled if one.stands.key in by_test),
        ]
        _example(draft, talk, test, demands, usual, shown)
    for name, node in variables(config.get("defaultTest")):
        if name in shown and tests:
            draft.ledger.take(node, "the examples")


def _named(draft: Draft, node: Node, files: Sequence[Node], said: str) -> Node | None:
    """The file that `node` names, if it was named for the import; what it is for is `said` where it is there."""
    wanted = node.text.removeprefix("file://").rpartition("/")[2]
    file = next((other for other in files if other.file.rpartition("/")[2] == wanted), None)
    if wanted.rpartition(".")[2].partition(":")[0] in _PROGRAMS:
        draft.ledger.lose(node, "code is not part of a spec", "write down what it returns, and import that")
        return None
    if file is None:
        draft.ledger.lose(
            node, "the file was not named", f"name {wanted} too: `specc import promptfoo CONFIG {wanted}`"
        )
        return None
    draft.ledger.take(node, said)
    return file


def _listed(draft: Draft, config: Node, files: Sequence[Node]) -> tuple[Node, ...]:
    """The tests in a file of their own: rows of a table, or tests as a configuration has them."""
    named = config.get("tests")
    if named is None or not named.text.startswith("file://"):
        return ()
    file = _named(draft, named, files, "the examples")
    return file.each() if file is not None else ()


def _prompt(draft: Draft, config: Node, files: Sequence[Node], typical: dict[str, str]) -> Talk:
    prompts = config.get("prompts")
    several = config.each("prompts") or ((prompts,) if prompts is not None else ())
    talk: Talk | None = None
    for one in several:
        held = next((one.get(key) for key in ("raw", "id") if one.get(key)), None) if one.is_map else one
        node, text = (held, held.text) if held is not None else (one, "")
        if text.startswith("file://"):
            file = _named(draft, node, files, "the prompt")
            if file is None:
                continue
            node, text = file, file.text
        if talk is not None:
            draft.ledger.lose(
                one, "a feature has one prompt", "import each prompt as a feature of its own, with `--name`"
            )
            continue
        if not text.strip() and not node.items:
            continue
        label = one.get("label") if one.is_map else None
        draft.ledger.take(label, "the title")
        talk = _stated(draft, node, text, typical)
    return talk or Talk("", ())


def _stated(draft: Draft, node: Node, text: str, typical: dict[str, str]) -> Talk:
    """A prompt: messages in JSON, or one text, which is the system's here."""
    messages = messages_of(node, text)
    if messages:
        return lay(draft, messages, typical)
    first = text.split("\n---\n")
    inside = state(draft, node, first[0], typical)
    if len(first) > 1:
        why = "a feature has one prompt, and the file has several"
        draft.ledger.change(node, "P-1", why, "import each prompt as a feature of its own, with `--name`")
    return Talk("", inside)


def _requirements(draft: Draft, found: Sequence[Sequence[Assertion]], common: Sequence[Assertion]) -> set[str]:
    """A requirement for what every test asserts; the keys of the assertions that it stands for."""
    kept: set[str] = set()
    every = [{one.same: one for one in tests} for tests in found]
    for one in common:
        if one.open:
            draft.ledger.lose(one.stands, *_OPEN)
            continue
        made = term(one.type, one.values, one.node.get("value"), one.node.word("threshold"))
        if made is not None:
            _require(draft, made, [one])
        elif mentions(one.type, one.values) is None or not every:
            draft.ledger.lose(one.stands, *reason(one.type))
    for same, one in every[0].items() if len(every) > 1 else ():
        alike = [other for tests in every if (other := tests.get(same)) is not None]
        if len(alike) < len(every) or one.open:
            continue
        shapes = {canonical([other.same, *_leaves(other.node.get("value"))]) for other in alike}
        made = term(
            one.type, one.values, one.node.get("value") if len(shapes) == 1 else None, one.node.word("threshold")
        )
        if made is not None:
            _require(draft, made, alike)
            kept |= {other.stands.key for other in alike}
    return kept


def _leaves(node: Node | None) -> list[str]:
    return [f"{leaf.path.rpartition('value')[2]}={leaf.text}" for leaf in node.leaves()] if node is not None else []


def _require(draft: Draft, made: tuple[str, str], alike: Sequence[Assertion]) -> None:
    said, different = made
    nodes = [
        part for one in alike for part in said_by(one, whole=not one.values and said not in ("json", "contains_json"))
    ]
    id = require(draft, "format", "FMT", f"must {said}", "", nodes)
    if different:
        draft.ledger.change(nodes[0], id, different, "look whether that is what you want")


def _example(
    draft: Draft,
    talk: Talk,
    test: Node,
    demands: Sequence[Assertion],
    usual: tuple[tuple[str, str], ...],
    shown: set[str],
) -> None:
    expects: list[str] = []
    nodes: list[Node] = []
    changed: list[tuple[Node, str]] = []
    for one in demands:
        if one.open:
            draft.ledger.lose(one.stands, *_OPEN)
            continue
        made = mentions(one.type, one.values)
        if made is None:
            known = term(one.type, one.values, one.node.get("value"), one.node.word("threshold")) is not None
            usually = one.stands.path.startswith("defaultTest")
            why = "it is another for each test" if usually else "it holds for this test alone"
            alone = (why, "state it as `format`, with `when`, or for every answer")
            draft.ledger.lose(one.stands, *(alone if known else reason(one.type)))
            continue
        said = said_by(one, whole=True)
        expects.extend(made[0])
        nodes.extend(said)
        changed.extend([(said[0], made[1])] if made[1] else [])
    own = variables(test)
    used = [(name, node) for name, node in own if name in shown or not shown]
    nodes.extend(node for _, node in used)
    if not used and not expects:
        return
    description = test.get("description")
    nodes.extend([description] if description is not None else [])
    values = tuple(
        {**{name: text for name, text in usual if name in shown}, **{name: node.text for name, node in used}}.items()
    )
    id = talk.try_out(draft, Row(test.word("description"), values, tuple(expects), tuple(nodes)))
    for node, why in changed:
        draft.ledger.change(node, id, why, "look whether that is what you want")
