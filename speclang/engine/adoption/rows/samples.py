"""A sample of JSON below "Output format:" says the shape of the answer.

In: a passage that is a sample, and the sentence above it. Out: the fields of a `format`, as text of a spec.
"""

import re

_ABOVE = re.compile(
    "(?:(?:your |the |expected |required )?(?:output|response|answer|reply)s?(?: json)?(?: format| structure|"
    " schema)?(?: is| must be| should be)?"
    "|(?:you (?:must|should|will) )?(?:always |only )?(?:respond|answer|reply|return|output|produce|format)(?: "
    "only)?(?: with| in| as| using| your (?:answer|response|output|reply))*"
    "(?: an?| one| the| valid| single| following| this| json| exact| object| format| structure| schema|"
    " as| follows| in| with| of| and| nothing| else)*)",
    re.IGNORECASE,
)
_FENCED = re.compile(r"```(?:json)?\n(.*)\n[ \t]*```", re.DOTALL)
_JSON = re.compile(r"\{.*\}", re.DOTALL)
_ENTRY = re.compile(r"\s*\"(?P<name>[A-Za-z_]\w*)\"\s*:\s*(?P<value>.*?),?\s*")
_TYPES = (
    (re.compile(r"\"[^\"]*\"|<[^<>]*\bstring\b[^<>]*>|string|text"), "text"),
    (re.compile(r"(?:<)?(?:true|false|bool|boolean|true ?[/|] ?false|true or false)(?:>)?"), "bool"),
    (re.compile(r"-?[0-9]+\.[0-9]+|<?(?:number|float|decimal)>?"), "decimal"),
    (re.compile(r"-?[0-9]+|<?(?:int|integer)>?"), "int"),
)


def shape(sample: str, above: str) -> str:
    """The fields for `sample`, which stands below the sentence `above`; "" where it is no sample of the answer."""
    fenced = _FENCED.fullmatch(sample.strip())
    text = (fenced[1] if fenced else sample).strip()
    if not _ABOVE.fullmatch(above.strip().rstrip(": ")) or not _JSON.fullmatch(text):
        return ""
    entries = [_typed(line) for line in text[1:-1].splitlines() if line.strip()]
    names = [name for name, _ in entries]
    if not entries or not all(name and type for name, type in entries) or len(set(names)) < len(names):
        return "must json" if text.count("{") == text.count("}") else ""
    return f"must json {{ {', '.join(f'{name}: {type}' for name, type in entries)} }}"


def _typed(line: str) -> tuple[str, str]:
    """The name and the type of an entry on a line of its own; "" where they can't be told."""
    found = _ENTRY.fullmatch(line)
    if found is None:
        return "", ""
    return found["name"], next((type for form, type in _TYPES if form.fullmatch(found["value"])), "")
