"""The wording of E01xx: what a text is, seen from the person who wrote it.

In: what was found and where. Out: a diagnostic.
Invariant: no finding of this floor is worded anywhere else.
"""

from ..diagnostics.code import Code, Severity
from ..diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from ..source.span import Span

UNEXPECTED = Code("E0101", "Word or sign out of place")
MISSING_VALUE = Code("E0102", "Value missing")
OPEN_TEXT = Code("E0103", "Text without an end")
STRAY_BRACE = Code("E0104", "Closing brace too many")
MISSING_BRACE = Code("E0105", "Closing brace missing")
BAD_ESCAPE = Code("E0106", "Escape or hole that can't be read")
UNKNOWN_CHARACTER = Code("E0107", "Unknown character")
BAD_NUMBER = Code("E0108", "Number that can't be read")
ID_WITHOUT_KIND = Code("E0109", "ID without a kind")
TOO_DEEP = Code("E0110", "Brackets nested too deeply")
TOO_LONG = Code("E0111", "Too long")
BRACKET = Code("E0112", "Bracket without a partner")
CHAINED = Code("E0113", "Comparisons in a chain")
FIELD_SIGN = Code("E0114", "Sign after the name of a field")
HIDDEN_CHARACTER = Code("E0115", "Character that can't be seen")
DISGUISED = Code("E0116", "Letter that looks like another", Severity.WARNING)

CODES = (
    UNEXPECTED, MISSING_VALUE, OPEN_TEXT, STRAY_BRACE, MISSING_BRACE, BAD_ESCAPE, UNKNOWN_CHARACTER, BAD_NUMBER,
    ID_WITHOUT_KIND, TOO_DEEP, TOO_LONG, BRACKET, CHAINED, FIELD_SIGN, HIDDEN_CHARACTER, DISGUISED,
)  # fmt: skip


def shown(written: str) -> str:
    """`written` in backticks, on one line and short enough to read."""
    line = " ".join(written.split("\n")).strip(" \t\r")
    line = "".join(char if char.isprintable() else f"U+{ord(char):04X}" for char in line)
    return f"`{line[:39]}…`" if len(line) > 40 else f"`{line}`"


def _found(code: Code, title: str, span: Span, label: str = "", *, labels: tuple[Label, ...] = (),
           notes: tuple[str, ...] = (), fix: Fix | None = None) -> Diagnostic:  # fmt: skip
    start = title[:1].upper() + title[1:]
    return Diagnostic(code=code, title=start, primary=Label(span, label), labels=labels, notes=notes, fix=fix)


def _replace(span: Span, by: str, *, safe: bool = True) -> Fix:
    title = f"write `{by}`" if by.strip() and "`" not in by else "remove it" if not by else f"write {by}"
    return Fix(title, (Edit(span, by),), safe=safe)


def missing_value(
    after: str, span: Span, found: str, *, unfinished: bool = False, compares: bool = False
) -> Diagnostic:
    """A line stops, or something that is no value comes, where a value has to be; `compares` if it is a comparison."""
    label = f"found {shown(found)}" if found else "the line ends here"
    notes = ("a line goes on with the next one only if that is indented deeper",) if unfinished else ()
    if compares:
        notes = (f"a comparison has a value on its left as well; leave out {shown(found)} if nothing is compared",)
    return _found(MISSING_VALUE, f"expected a value after {shown(after)}", span, label, notes=notes)


def unexpected(found: str, after: str, span: Span) -> Diagnostic:
    """`found` cannot follow `after`."""
    where = f" after {shown(after)}" if after else " at the start of a line"
    notes = () if after else ("a line starts with the name of a field, or with an ID and a kind",)
    return _found(UNEXPECTED, f"{shown(found)} cannot stand{where}", span, notes=notes)


def expected_line_end(found: str, span: Span, at: Span) -> Diagnostic:
    """Something follows a `}` on its line."""
    fix = Fix("write `;` between them", (Edit(at, ";"),), safe=True)
    return _found(UNEXPECTED, f"expected a new line or `;` before {shown(found)}", span, fix=fix)


def expected_body(what: str, span: Span, at: Span) -> Diagnostic:
    """A feature or policy without its `{`."""
    return _found(UNEXPECTED, f"expected `{{` after {shown(what)}", span, "the line ends here",
                  fix=Fix("write `{`", (Edit(at, " {"),), safe=True))  # fmt: skip


def expected_head(span: Span) -> Diagnostic:
    """A `{` at the start of an item."""
    notes = ('a block is written `ID kind "title" { … }`',)
    return _found(UNEXPECTED, "expected a name before `{`", span, notes=notes)


def open_text(written: str, span: Span) -> Diagnostic:
    """A text or a pattern that its line, or a block text that its unit, does not end."""
    if written.startswith('"""'):
        return _found(OPEN_TEXT, "this block text never ends", span, 'no `"""` follows',
                      notes=('a block text ends with `"""`; inside it, write `\\"""` for three quotes',))  # fmt: skip
    stop = span.start + len(written.rstrip(" \t\r"))
    end = Span(span.unit, stop, stop)
    if written.startswith("/"):
        return _found(OPEN_TEXT, "this pattern never ends", span, "no `/` follows on this line",
                      notes=("a pattern ends with `/` on the same line; inside it, write `\\/`",))  # fmt: skip
    return _found(OPEN_TEXT, "this text never ends", span, 'no `"` follows on this line',
                  notes=('a text over more lines starts and ends with `"""`',),
                  fix=Fix('write `"` at the end', (Edit(end, '"'),)))  # fmt: skip


def stray_brace(span: Span) -> Diagnostic:
    """A `}` with no `{` before it."""
    return _found(STRAY_BRACE, "this `}` closes nothing", span, "no `{` is open here",
                  fix=Fix("remove it", (Edit(span, ""),)))  # fmt: skip


def missing_brace(what: str, span: Span, opened: Span, written: str = "\n}") -> Diagnostic:
    """No `}` for the `{` at `opened`; one was due at `span`."""
    return _found(MISSING_BRACE, f"{shown(what)} has no closing `}}`", span, "a `}` was expected here",
                  labels=(Label(opened, "this `{` stays open"),),
                  fix=Fix("write `}`", (Edit(Span(span.unit, span.end, span.end), written),)))  # fmt: skip


def bad_escape(written: str, span: Span) -> Diagnostic:
    """A backslash before a character that needs none."""
    return _found(BAD_ESCAPE, f"{shown(written)} is no escape", span,
                  notes=('the escapes are `\\"`, `\\\\`, `\\n`, `\\t`, `\\{` and `\\}`',),
                  fix=Fix("write `\\\\` for a backslash", (Edit(span, "\\" + written),)))  # fmt: skip


def bad_hole(written: str, span: Span) -> Diagnostic:
    """A `{` in a text that starts no hole."""
    brace = Span(span.unit, span.start, span.start + 1)
    return _found(BAD_ESCAPE, f"{shown(written)} is no hole", span, "a hole is `{name}` or `{name.part}`",
                  fix=Fix("write `\\{` for a brace", (Edit(brace, "\\{"),)))  # fmt: skip


def lookalike(written: str, meant: str, span: Span, label: str = "") -> Diagnostic:
    """Something that other languages, keyboards or word processors write for what is `meant` here."""
    by = "a space" if meant == " " else f"`{meant}`"
    return _found(UNKNOWN_CHARACTER, f"{shown(written)} is not {by}", span, label,
                  fix=Fix(f"write {by}", (Edit(span, meant),), safe=True))  # fmt: skip


def unknown_character(written: str, span: Span, hint: str = "") -> Diagnostic:
    """Characters that no token has."""
    return _found(UNKNOWN_CHARACTER, f"{shown(written)} means nothing here", span, notes=(hint,) if hint else ())


def bad_name(written: str, span: Span) -> Diagnostic:
    """A word with letters that names do not have."""
    return _found(UNKNOWN_CHARACTER, f"{shown(written)} is not a name", span,
                  notes=("names are made of `a` to `z`, `A` to `Z`, `0` to `9` and `_`, and start with no digit",
                         "words of other alphabets go into quotes"))  # fmt: skip


def bad_number(written: str, meant: str, span: Span) -> Diagnostic:
    """Digits that make no number."""
    fix = Fix(f"write `{meant}`", (Edit(span, meant),), safe=True) if meant else None
    return _found(BAD_NUMBER, f"{shown(written)} is not a number", span, fix=fix,
                  notes=() if meant else ("numbers are written `30`, `10_000`, `0.5`, `-3` or `20%`",))  # fmt: skip


def id_without_kind(written: str, span: Span, found: str) -> Diagnostic:
    """An ID with nothing, or no name, after it."""
    label = f"found {shown(found)}" if found else "the line ends here"
    return _found(ID_WITHOUT_KIND, f"expected a kind after {shown(written)}", span, label,
                  notes=(f"a requirement starts with its ID and its kind: `{written[:40]} rule`",))  # fmt: skip


def too_deep(span: Span, limit: int) -> Diagnostic:
    """A bracket inside more brackets than allowed."""
    return _found(TOO_DEEP, f"brackets are nested deeper than {limit}", span, "one too many")


def too_long(what: str, limit: str, span: Span) -> Diagnostic:
    """Something over its limit."""
    return _found(TOO_LONG, f"{what} is longer than {limit}", span)


def glued_minus(span: Span, *, between: bool) -> Diagnostic:
    """A minus without spaces; `between` if there is something on both sides."""
    fix = Fix("put spaces around it", (Edit(span, " - "),), safe=True) if between else None
    return _found(UNKNOWN_CHARACTER, "`-` has a space on both sides where it subtracts", span, fix=fix,
                  notes=("a hyphen stands only inside an ID, a sign only before a number",))  # fmt: skip


def bracket(written: str, span: Span, partner: str) -> Diagnostic:
    """A bracket that is not closed, or closes nothing."""
    if written in ")]":
        return _found(BRACKET, f"`{written}` has no `{partner}` before it", span)
    return _found(BRACKET, f"`{written}` has no `{partner}` after it", span, "never closed")


def chained(first: str, second: str, middle: str, span: Span) -> Diagnostic:
    """`a < b < c`."""
    return _found(CHAINED, "comparisons cannot be chained", span, "the second comparison",
                  notes=(f"write `… {first} {middle} and {middle} {second} …`",))  # fmt: skip


def field_sign(field: str, sign: str, span: Span) -> Diagnostic:
    """`when: …` or `owner = …`."""
    notes = ("a `{` before `name:` starts a record, whose entries have commas between them",) if sign == ":" else ()
    fix = Fix(f"remove `{sign}`", (Edit(span, ""),), safe=True)
    return _found(FIELD_SIGN, f"no `{sign}` after the field {shown(field)}", span, notes=notes, fix=fix)


def hidden_character(char: str, name: str, span: Span) -> Diagnostic:
    """A control character, half a surrogate pair, or one that reorders text on the screen."""
    return _found(HIDDEN_CHARACTER, f"a character that cannot be seen: U+{ord(char):04X}{name}", span,
                  fix=Fix("remove it", (Edit(span, ""),)))  # fmt: skip


def disguised(word: str, char: str, plain: str, name: str, span: Span) -> Diagnostic:
    """A letter of another alphabet in a word of plain letters, where a reader sees no difference."""
    title = f"{shown(word)} holds a letter that only looks like `{plain}`: U+{ord(char):04X}{name}"
    return _found(DISGUISED, title, span, notes=("an answer in plain letters does not hold this word",),
                  fix=Fix(f"write `{plain}`", (Edit(span, plain),), safe=True))  # fmt: skip
