"""PromptPex: a prompt, the rules that were derived from it, and the tests of these rules.

The files are told by their names. A rule that a check can decide becomes a `format` requirement, the others are stated in prose;
a test is an example that tries its rule. What a test expects is expected here only where it is one of the answers that a rule allows.
"""

import re
from collections.abc import Sequence

from ..document import Node
from ..draft import Draft, names_in, title, words
from ..failing import NotThis
from ..reading import lined
from ..talk import Row, Talk
from . import prompty

READS = "the files of a prompt of PromptPex: `prompt.prompty`, `rules.txt`, `tests.csv` and the others"

REASONS = {
    **prompty.REASONS,
    "reasoning": ("why a test was made changes nothing", "put it into a comment"),
    "ruleid": ("the rule is not there", "import it together with `rules.txt`"),
    "testid": ("examples have IDs of their own", "nothing, a spec does without"),
    "expectedoutput": ("it is one good answer of many", "say with `expect` in the example what matters of it"),
}

_OTHERS = {
    "inverse_rules.txt": ("rules turned round are made for finding tests", "nothing, their tests are examples"),
    "input_spec.txt": ("what may come in is no requirement of an answer", "declare it as `given`, with its range"),
    "overview.csv": ("figures about models are no requirement", "score recorded answers again"),
    "runs.jsonl": ("recorded answers are no requirement", "score them with the graders of this spec"),
}

_UNITS = "words|sentences|characters|paragraphs|lines"
_NUMBERS = "one two three four five six seven eight nine ten".split()
_COUNT = rf"([0-9]{{1,5}}|{'|'.join(_NUMBERS)})"
_MOST = re.compile(
    rf"(?i)\b(?:at most|no more than|not exceed|up to|a maximum of|maximum of)\s+{_COUNT}\s+({_UNITS})\b"
)
_LEAST = re.compile(rf"(?i)\b(?:at least|no fewer than|a minimum of)\s+{_COUNT}\s+({_UNITS})\b")
_JUST = re.compile(rf"(?i)\bexactly\s+{_COUNT}\s+({_UNITS})\b")
_SINGLE = re.compile(r"(?i)\boutput (?:must|should) be (?:a|one) single (?:\w+ )?(sentence|paragraph)\b")
_TAGS = re.compile(rf"(?i)\bat least {_COUNT} (<[a-z][a-z0-9]{{0,9}}>) tags? in the output\b")
_ENGLISH = re.compile(r"(?i)\b(?:must|should) be (?:written )?(?:in )?English\b")
_ARRAY = re.compile(r"(?i)\b(?:structured|formatted) as an array\b[^.]*\[\s*\"")
_CATEGORIES = re.compile(r"(?i)\bone of (?:the |these )?(?:following )?[^:.]{0,60}: ([^.\n]{3,300})\.?\s*$")
_ALONE = re.compile(
    r"(?i)\bonly (?:include|contain|be|consist of)\b.*\b(?:name|label|category)\b.*\bwithout any (?:additional|other|extra)\b"
)
_LABEL = re.compile(r"(?i)\b(?:following|after|under|with) the label \"([^\"\n]{1,60})\"")
_ORDER = re.compile(r"(?i)\bfollow the order: ([^.\n]{3,300})\.")
_JSON = re.compile(r"(?i)\b(?:valid|well-formed) JSON\b")
_NONE = re.compile(r"(?i)\b(?:not|never|no)\b")


def convert(documents: Sequence[Node], draft: Draft) -> None:
    """Lay out the files of one prompt."""
    files = {one.file.rpartition("/")[2].lower(): one for one in documents}
    rules = next((one for name, one in files.items() if name == "rules.txt"), None)
    if rules is None:
        raise NotThis(documents[0], "`rules.txt`, with the other files of the prompt,")
    talk = Talk("", ())
    for name, one in files.items():
        if name.endswith(".prompty"):
            talk, _ = prompty.lay_out(one, draft)
            draft.ledger.take(one.get("name"), "the title")
            draft.title = one.word("name") or draft.title
    ids, options = _rules(draft, _again(draft, lined(rules)))
    intent = files.get("intent.txt")
    if intent is not None and intent.text.strip():
        id = draft.id("P")
        draft.add("requirement", id, f"  {id} prose {words(intent.text.strip())}", (intent,))
    for name, why in _OTHERS.items():
        if name in files:
            draft.ledger.lose(files[name], *why)
    tests = files.get("tests.csv")
    shown = (*talk.inside, *names_in(talk.template))
    rows = tests.each() if tests is not None else ()
    for row in rows:
        _test(draft, talk, row, ids, options, shown[0] if shown else "input")
    baseline = files.get("baseline_tests.txt")
    if baseline is not None:
        _baseline(draft, talk, _again(draft, lined(baseline)), shown[0] if shown else "input")


def _again(draft: Draft, node: Node) -> Node:
    """`node` in the place of the file that it is another reading of."""
    draft.documents = [node if one.file == node.file else one for one in draft.documents]
    return node


def _rules(draft: Draft, rules: Node) -> tuple[list[str], tuple[str, ...]]:
    """A requirement for each rule, in their order, and the answers that they allow."""
    found = [_CATEGORIES.search(one.text) for one in rules.each()]
    options = next((parts for match in found if match and len(parts := _listed(match[1])) > 1), ())
    ids: list[str] = []
    typed = 0
    for one in rules.each():
        body, different = _typed(one.text, options)
        id = draft.id("RULE")
        prose = f"  {id} prose {words(one.text)}"
        if body:
            typed += 1
            draft.add(
                "requirement", id, f"  {id} format {title(one.text)} {{ {_level(one.text)} {body} }}", (one,), prose
            )
        else:
            draft.add("requirement", id, prose, (one,))
        if different:
            draft.ledger.change(
                one, id, different, "keep the rest of the rule as `prose`, if the prompt does not say it"
            )
        ids.append(id)
    draft.figures.append(f"{typed:,} of {len(ids):,} rules are typed, the others stand in prose")
    return ids, options


def _typed(rule: str, options: tuple[str, ...]) -> tuple[str, str]:
    """Terms of `format` for a rule, and what of the rule they do not check; ("", "") where no check can tell."""
    either = " | ".join(words(one) for one in options)
    if options and _ALONE.search(rule):
        return f"options {either}", ""
    if _NONE.search(rule.replace("not exceed", "")):
        return "", ""
    if options and _CATEGORIES.search(rule):
        return f"one_of {either}", "the term is met by an answer that names two of them, too"
    found = [
        f"{what[2].lower()} {sign} {_number(what[1])}"
        for pattern, sign in ((_MOST, "<="), (_LEAST, ">="), (_JUST, "="))
        if (what := pattern.search(rule))
    ]
    found.extend(f"{what[1].lower()}s = 1" for what in [_SINGLE.search(rule)] if what)
    found.extend(f'keyword "{what[2]}" >= {_number(what[1])}' for what in [_TAGS.search(rule)] if what)
    if found:
        return ", ".join(found), ""
    if _ENGLISH.search(rule):
        return "language en", ""
    if _ARRAY.search(rule):
        return "json, matches /(?s)^\\s*\\[.*\\]\\s*$/", "that it is a list is checked, and not of what"
    if _JSON.search(rule):
        return "json", ""
    if (what := _ORDER.search(rule)) and len(parts := _listed(what[1])) > 1:
        return f"matches /(?s){'.*'.join(_literal(one) for one in parts)}/", ""
    if what := _LABEL.search(rule):
        return f"contains {words(what[1])}", "that the label is there is checked, and not what follows it"
    return "", ""


def _level(rule: str) -> str:
    return "should" if re.search(r"(?i)\bshould\b", rule) and not re.search(r"(?i)\bmust\b", rule) else "must"


def _number(text: str) -> str:
    return text if text.isdigit() else str(_NUMBERS.index(text.lower()) + 1)


def _listed(text: str) -> tuple[str, ...]:
    """`World, Sports, Business, or Sci/Tech` in parts."""
    parts = re.split(r",\s*(?:and |or )?|\s+(?:and|or)\s+", text.strip())
    return tuple(one.strip(" \"'`") for one in parts if one.strip(" \"'`"))


def _literal(text: str) -> str:
    return re.sub(r"([^A-Za-z0-9_ ])", r"\\\1", text)


def _test(draft: Draft, talk: Talk, row: Node, ids: Sequence[str], options: tuple[str, ...], variable: str) -> None:
    said = row.get("testinput")
    if row.is_list:
        draft.ledger.lose(
            row, "this row has more or fewer cells than the first row", "mend the quotation marks of the row"
        )
    if said is None or not said.text.strip():
        return
    number = row.get("ruleid")
    at = int(number.text) if number is not None and number.text.isdigit() and len(number.text) < 6 else 0
    tried = ids[(at - 1) % len(ids)] if 0 < at <= 2 * len(ids) else ""
    nodes = [said, *([number] if number is not None and tried else [])]
    expected = row.get("expectedoutput")
    expects: tuple[str, ...] = ()
    if expected is not None and expected.text in options:
        expects = (f"mentions {words(expected.text)}",)
        nodes.append(expected)
    elif expected is not None and not expected.text:
        nodes.append(expected)
    told = Row("", ((variable, _bare(said.text, talk)),), expects, tuple(nodes), (tried,) if tried else ())
    talk.try_out(draft, told)


def _bare(text: str, talk: Talk) -> str:
    """`text` without the words that the template puts before it."""
    before = talk.template.partition("{{")[0]
    return text[len(before) :] if before.strip() and text.startswith(before) else text


def _baseline(draft: Draft, talk: Talk, lines: Node, variable: str) -> None:
    """The tests that were made without rules, parted by lines of `===`."""
    held: list[Node] = []
    for one in (*lines.each(), None):
        if one is not None and one.text.strip("="):
            held.append(one)
            continue
        if held:
            text = "\n".join(part.text for part in held)
            talk.try_out(draft, Row("", ((variable, _bare(text, talk)),), (), tuple(held)), "BASE")
            held = []
        if one is not None:
            draft.ledger.take(one, "the examples")
