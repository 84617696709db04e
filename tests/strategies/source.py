"""Texts of specs: well-formed ones with every piece of the grammar, and the same ones damaged."""

from functools import cache
from pathlib import Path

from hypothesis import strategies as st

ROOT = Path(__file__).parents[2]

KEYWORDS = {"and", "or", "not", "is", "in"}
NAMES = ("age", "receipt", "total", "tier", "approve", "decline", "Tier", "gold", "lookup_order", "x", "_y2", "words")
HEADS = ("when", "must", "must_not", "because", "name", "over", "from", "tags", "a_very_long_field_name")
DEEP = " " * 9
COMPARISONS = ("=", "!=", "<", "<=", ">", ">=", "is", "is not", "in", "not in")


@cache
def real_specs() -> tuple[str, ...]:
    """The text of every example that ships."""
    return tuple(path.read_text(encoding="utf-8") for path in sorted((ROOT / "specs").rglob("*.spec")))


names = st.sampled_from(NAMES)
ids = st.sampled_from(("REF-1", "LAW-12", "A-b-3", "2024-02-29"))
numbers = st.sampled_from(("0", "30", "10_000", "0.5", "20%", "-3", "-0.25"))
characters = st.sampled_from([*"abc XYZ.,;:#}()/'é→\U0001f600", "\\n", '\\"', "\\{", "\\}", "\\\\", "{age}", "{a.b}"])
quoted = st.lists(characters, max_size=8).map(lambda parts: '"' + "".join(parts) + '"')
patterns = st.sampled_from(("/A[0-9]{6}/", "/a\\/b/", '/"x" # {/'))
members = st.sampled_from(("lookup_order.total", "a.b.c"))
spaces = st.sampled_from((" ", "  ", "\t", "    "))
"""What stands between words on one line."""
breaks = st.sampled_from(
    (" ", "  ", "\n" + DEEP, ' # a comment, { or " or }\n' + DEEP, "\r\n" + DEEP, "\n\n  # alone\n" + DEEP)
)
"""What stands where a line goes on."""


@st.composite
def block_texts(draw: st.DrawFn) -> str:
    lines = draw(
        st.lists(
            st.sampled_from(
                ("one", "  two  ", "", "   ", 'a "quote" in it', "\tx", '\\"""', "{age} \\{b}", "#no", "}", "é")
            ),
            max_size=5,
        )
    )
    indent = draw(st.sampled_from(("", "  ", "      ", "\t")))
    first = draw(st.sampled_from(("\n", "first", "  \n", "")))
    last = draw(st.sampled_from(("", "\n", "\n    ")))
    end = draw(st.sampled_from(("\n", "\n", "\r\n")))
    return '"""' + first + end.join(indent + line for line in lines) + last + '"""'


texts = quoted | block_texts()
leaves = names | ids | numbers | quoted | patterns | members | st.builds("{} {}".format, numbers, names)


def _inside(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Larger values made of `values`."""
    arguments = st.lists(st.builds("{}{}".format, st.sampled_from(("", "a: ", "in:", "b :")), values), max_size=3)
    entries = st.lists(st.builds("{}: {}".format, names, values), min_size=1, max_size=3)
    several = st.lists(values, min_size=2, max_size=3)
    return st.one_of(
        st.builds("{}({}{})".format, names, breaks, arguments.flatmap(_joined)),
        st.builds("{{{}{}{}}}".format, breaks, entries.flatmap(_joined), breaks),
        st.builds("[{}{}]".format, several.flatmap(_joined), breaks),
        st.builds("({}{}{})".format, breaks, several.flatmap(_joined), breaks),
        st.builds("({}{})".format, breaks, values),
        st.builds("({} {} {})".format, values, st.sampled_from(COMPARISONS), values),
        st.builds("({}{}and {})".format, values, breaks, values),
        st.builds("(not {})".format, values),
    )


def _joined(parts: list[str]) -> st.SearchStrategy[str]:
    return breaks.map(lambda space: f",{space}".join(parts))


atoms = st.recursive(leaves, _inside, max_leaves=6)


def _side_by_side(parts: list[str]) -> str:
    """`parts` in a row; a number is kept from taking the name of a call as its unit."""
    return " ".join(f"({part})" if part[-1] in "0123456789%" else part for part in parts)


runs = st.lists(atoms, min_size=1, max_size=3).map(_side_by_side)


@st.composite
def conditions(draw: st.DrawFn) -> str:
    """Values joined by operators, with line breaks where the language allows them."""
    text = draw(runs)
    for _ in range(draw(st.integers(0, 3))):
        operator = draw(st.sampled_from(("and", "or", "|", "..", "+", "-", "*")))
        before = draw(breaks) if operator in {"and", "or", "|", ".."} else " "
        right = f"{before} {operator}{draw(breaks)} {draw(atoms)}"
        text = f"(({text}){right})" if operator == ".." else f"{text}{right}"
    return text


values = st.lists(runs | conditions(), min_size=1, max_size=3).flatmap(_joined)


@st.composite
def fields(draw: st.DrawFn) -> str:
    head = draw(st.sampled_from(HEADS))
    return head + draw(st.sampled_from(("", draw(spaces) + draw(values | texts))))


ends = st.sampled_from(
    ("\n", "\n\n\n", ";", " ; ", "; # said\n", "  # why\n", "\r\n", "\n  # alone\n", "\n\n    # after a gap\n\n")
)


@st.composite
def bodies(draw: st.DrawFn, items: st.SearchStrategy[str]) -> str:
    inner = "".join(item + draw(ends) for item in draw(st.lists(items, max_size=4)))
    return (
        "{"
        + draw(st.sampled_from((" ", "\n", "  # behind\n", "")))
        + inner
        + draw(st.sampled_from(("}", " }", "\n}", "# last\n  }")))
    )


@st.composite
def blocks(draw: st.DrawFn) -> str:
    head = draw(
        st.sampled_from(("REF-1 rule", "LAW-2 boundary", "given age", "tool f(a: text)", "outcome approve", "type"))
    )
    title = draw(st.sampled_from(("", " " + draw(quoted))))
    inner = fields() | st.builds("{} {}".format, fields(), bodies(fields()))
    return head + title + draw(st.sampled_from((" ", "\n", "  # between\n"))) + draw(bodies(inner))


items = fields() | blocks()


@st.composite
def sources(draw: st.DrawFn) -> str:
    """A whole file without syntax errors."""
    parts = [draw(st.sampled_from(("", "\ufeff", "# top\n", "\n\n")))]
    for _ in range(draw(st.integers(0, 3))):
        kind = draw(st.sampled_from(("use", "feature", "policy", "item")))
        if kind == "use":
            parts.append('use "policies/brand.spec"')
        elif kind == "item":
            parts.append(draw(items))
        else:
            parts.append(f'{kind} refunds "Title" ' + draw(bodies(items)))
        parts.append(draw(ends))
    return "".join(parts)


PIECES = (
    "{", "}", "(", ")", "[", "]", '"', '"' * 3, "/", "\\", "#", ";", "\n", "\r", "\r\n", "\t", ",", ":", "=", "==", "=>", "&&", "||", "!",
    "|", "..", "-", "—", "“", "”", "≤", "\u00a0", "\u200b", "\u202e", "\ufeff", "\x00", "\ud800", "$", "30days", "007", "REF-", "REF-9",
    "and", "not", "feature x {", 'use "', '\nfeature y "Y" {\n', "\n  NEW-1 rule {\n", "a" * 101,
)  # fmt: skip
"""What damaged texts have put in."""


@st.composite
def damaged(draw: st.DrawFn, whole: st.SearchStrategy[str]) -> str:
    """A text of `whole` with up to four pieces cut out, put in or doubled."""
    text = draw(whole)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        size = draw(st.integers(0, 12))
        match draw(st.sampled_from(("cut", "put", "double", "replace", "end"))):
            case "cut":
                text = text[:at] + text[at + size :]
            case "put":
                text = text[:at] + draw(st.sampled_from(PIECES)) + text[at:]
            case "end":
                text = text[:at]
            case "double":
                text = text[:at] + text[at : at + size] + text[at:]
            case _:
                text = text[:at] + draw(st.sampled_from(PIECES)) + text[at + size :]
    return text
