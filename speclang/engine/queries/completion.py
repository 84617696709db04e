"""What may be written at a place: heads, kinds, fields, levels, and the names, values and units that fit there.

In: a place. Out: suggestions, those that fit best first, and the word that they replace.
Invariant: a name is suggested only where it can be seen and means something; the kinds' schemas say which fields there are.
"""

from collections.abc import Iterator

from ...bind.composing.policies import free_id
from ...bind.effects import VERBS
from ...bind.expressions.types import BUILT_IN
from ...bind.fields import COMMON, LEVELS
from ...model.feature import Style
from ...source.records import dataclass, replace
from ...values import units
from .cursor import Cursor, cursor
from .fitting import failures_of, units_of, values_of
from .lookup import Lookup
from .names import Declared, Visible
from .suggestion import Suggestion, said_of, words
from .uses import reader_of
from .wording import DECLARATIONS, FIELDS, MEMBERS, OF_FEATURE, TOP, fenced, of_field


@dataclass(frozen=True, slots=True)
class Completion:
    """What may stand in place of the characters from `start` to the cursor."""

    start: int
    suggestions: tuple[Suggestion, ...]


def completion(lookup: Lookup, name: str, offset: int) -> Completion | None:
    """What may be written at `offset` of a spec."""
    file = lookup.session.file(name)
    at = cursor(file, offset) if file is not None else None
    if at is None:
        return None
    place = _Place(lookup, name, at)
    found = place.in_text() if at.text is not None else place.anything()
    return Completion(at.start, tuple({one.label: one for one in found}.values()))


_LEVELLED = frozenset(LEVELS)
_COMPARING = frozenset({"=", "!=", "is", "in", "<", "<=", ">", ">="})


@dataclass(frozen=True, slots=True)
class _Place:
    """One cursor, and what can be seen from it."""

    lookup: Lookup
    name: str
    at: Cursor

    @property
    def visible(self) -> Visible:
        return self.lookup.names.visible(self.name, self.at.block)

    def in_text(self) -> Iterator[Suggestion]:
        """Inside of quotes: the files that `use` may name, or what a hole may show."""
        text = self.at.text or ""
        if self.at.field == "use" and not self.at.heads:
            yield from (Suggestion(one, "file") for one in self._files())
        elif self._in_hole(text):
            yield from self._some("own", "given", "called", "tool")

    def _in_hole(self, text: str) -> bool:
        return text[: len(text) - len(self.at.word)].endswith("{")

    def _files(self) -> Iterator[str]:
        import posixpath

        folder = posixpath.dirname(self.name)
        for one in self.lookup.session.specs():
            if one != self.name:
                path = posixpath.relpath(one, folder)
                yield path.removeprefix("../") if path.startswith("../") and path.count("../") == 1 else path

    def anything(self) -> Iterator[Suggestion]:
        """Outside of quotes."""
        at = self.at
        if not at.heads:
            return self._head()
        if not at.line:
            return self._fields()
        if at.kind:
            reader = reader_of(at.kind, at.field, self.lookup.kinds)
            return self._terms() if reader == "terms" else self._values(reader)
        return self._declared()

    def _head(self) -> Iterator[Suggestion]:
        """The line of a declaration or requirement."""
        at = self.at
        if not at.line:
            tables = (DECLARATIONS, MEMBERS, OF_FEATURE) if at.block.startswith("feature ") else (DECLARATIONS, MEMBERS)
            for table in tables if at.block else (TOP, DECLARATIONS):
                yield from words(table)
            yield from self._requirements() if at.block else ()
            return
        if at.line[0].kind == "i":
            if len(at.line) == 1:
                yield from self._kinds()
            return
        match at.field:
            case "include":
                yield from self._some("policy")
            case "exclusive":
                yield from self._some("outcome")
            case "drop":
                yield from self._some("requirement")
            case "variables":
                yield from (Suggestion(one.value, "keyword") for one in Style)
            case "type" | "given" | "tool" | "policy" if len(at.line) > 1:
                yield from self._types()
            case _:
                return

    def _requirements(self) -> Iterator[Suggestion]:
        """A requirement of each kind, with an ID that is free."""
        taken = {one.name for one in self.visible.of("requirement")}
        return (replace(one, text=f"{free_id(one.label, taken)} {one.label}") for one in self._kinds())

    def _kinds(self) -> Iterator[Suggestion]:
        from ...kit import registry

        for one in self.lookup.kinds.names:
            said = registry.describe(one, self.lookup.session.settings.kinds) or ""
            yield Suggestion(one, "kind", said.partition("\n")[0].partition(": ")[2], said)

    def _fields(self) -> Iterator[Suggestion]:
        """The fields that are not written yet, or may be written again."""
        at = self.at
        if not at.kind:
            yield from words(FIELDS.get(at.head, {}))
            return
        shape = self.lookup.kinds.shape(at.kind)
        if shape is None:
            return
        item = at.unit.item if at.unit is not None else None
        written = {one.head.text for one in (item.body or ())} if item is not None else set()
        for field in (*shape.fields, *COMMON):
            if field in written and field in shape.single:
                continue
            meant = of_field(at.kind, field, self.lookup.kinds)
            sort = "level" if field in _LEVELLED else "field"
            yield Suggestion(field, sort, meant.about if meant else "", fenced(meant.example) if meant else "")

    def _declared(self) -> Iterator[Suggestion]:
        """The value of a declaration's field."""
        match self.at.head, self.at.field:
            case "given", "from":
                yield Suggestion("user", "keyword", "the user says it")
                yield Suggestion("context", "keyword", "the caller of the model knows it")
                yield from self._results()
            case "given", "typical" | "say" | "means":
                yield from self._values_of(self._own_given())
            case "outcome", "calls" | "avoids":
                yield from self._called()
            case "tool", "returns":
                yield from self._types()
            case _:
                return

    def _own_given(self) -> Declared | None:
        head = self.at.heads[0]
        return self.visible.table.get(("given", head[1].text)) if len(head) > 1 else None

    def _values(self, reader: str) -> Iterator[Suggestion]:
        """The value of a requirement's field that is read by `reader`."""
        match reader:
            case "condition":
                yield from self._condition()
            case "effects":
                yield from self._effects()
            case "tools":
                yield from self._some("tool")
            case "results":
                yield from self._some("tool") if len(self.at.line) == 1 else ()
            case "refs":
                yield from self._some("requirement")
            case "inputs":
                yield from self._inputs()
            case "status":
                yield from (Suggestion(one, "keyword") for one in ("draft", "active", "retired"))
            case _:
                return

    def _condition(self) -> Iterator[Suggestion]:
        line = self.at.line
        last = line[-1]
        if last.kind == "0":
            yield from self._units(self._compared())
        elif last.text in _COMPARING or (last.text == "not" and line[-2].text == "is"):
            yield from self._values_of(self._compared())
            yield from self._some("own", "given")
        elif last.text == "fails":
            yield from self._failures(line[-2].text)
        elif last.kind == "n" and last.text not in ("when", "unless") and (known := self._known(last.text)) is not None:
            yield from self._after(known)
        else:
            yield from self._some("own", "given", "tool")
            yield Suggestion("not", "keyword")

    def _known(self, name: str) -> Declared | None:
        table = self.visible.table
        return table.get(("given", name)) or table.get(("tool", name)) or table.get(("value", name))

    def _after(self, known: Declared) -> Iterator[Suggestion]:
        words = {"tool": ("fails", "returns"), "given": ("is", "in", "and", "or")}.get(known.what, ("and", "or"))
        yield from (Suggestion(one, "keyword") for one in words)

    def _compared(self) -> Declared | None:
        """The given with which a value is compared."""
        for one in reversed(self.at.line):
            found = self.visible.table.get(("given", one.text)) if one.kind == "n" else None
            if found is not None:
                return found
        return None

    def _values_of(self, given: Declared | None) -> Iterator[Suggestion]:
        for owner, name in values_of(given, self.visible):
            yield Suggestion(name, "value", f"a value of `{owner}`")

    def _units(self, given: Declared | None) -> Iterator[Suggestion]:
        for name, dimension in units_of(given):
            yield Suggestion(name, "unit", dimension)

    def _failures(self, tool: str) -> Iterator[Suggestion]:
        for name in failures_of(self.visible.table.get(("tool", tool))):
            yield Suggestion(name, "value", f"a failure of `{tool}`")

    def _effects(self) -> Iterator[Suggestion]:
        at = self.at
        opened = max((number for number, one in enumerate(at.line) if one.kind == "("), default=-1)
        if opened > 0 and not any(one.kind == ")" for one in at.line[opened:]):
            tool = at.line[opened - 1].text
            if at.last == ":":
                yield from self._some("own", "given")
            else:
                yield from (one for one in self._members("argument", tool))
        elif at.last in ("calls", "avoids"):
            yield from self._called()
        elif at.last == "," or len(at.line) == 1:
            yield from self._some("outcome")
            yield from (Suggestion(one, "keyword", FIELDS["outcome"][one].about) for one in VERBS)

    def _terms(self) -> Iterator[Suggestion]:
        """The terms that the kind knows; after the word of one, how it goes on."""
        at = self.at
        shape = self.lookup.kinds.shape(at.kind)
        known = shape.kind.vocabulary() if shape is not None else ()
        if at.last == "," or len(at.line) == 1:
            for name, term in known:
                yield Suggestion(name if term.startswith(name) else term, "term", term, fenced(term))
        elif at.last == ":":
            yield from self._types()
        elif len(at.line) == 2 or at.line[-2].text == ",":
            lead = f"{at.last} "
            yield from (
                Suggestion(term.removeprefix(lead), "value", term) for _, term in known if term.startswith(lead)
            )

    def _called(self) -> Iterator[Suggestion]:
        return self._some("tool")

    def _inputs(self) -> Iterator[Suggestion]:
        if len(self.at.line) == 1:
            yield from self._some("given")
        else:
            yield from self._values_of(self._compared())

    def _types(self) -> Iterator[Suggestion]:
        yield from self._some("type")
        yield from (Suggestion(one, "type") for one in (*BUILT_IN, "money", "optional", "list"))
        yield from (Suggestion(one, "unit") for one in units.UNIT_NAMES if len(one) > 2)

    def _results(self) -> Iterator[Suggestion]:
        for one in self.visible.of("result"):
            yield Suggestion(f"{one.of}.{one.name}", "result", f"what `{one.of}` returns")

    def _members(self, what: str, owner: str) -> Iterator[Suggestion]:
        for one in self.visible.of(what):
            if one.of == owner:
                yield Suggestion(one.name, what, f"of `{owner}`")

    def _some(self, *whats: str) -> Iterator[Suggestion]:
        """The names of these sorts that can be seen here, but for the one that is being declared."""
        for what in whats:
            for one in self.visible.of(what):
                if self.at.unit is None or one.unit.name != self.at.unit.name or what == "own":
                    yield Suggestion(one.name, one.what, said_of(one), fenced(one.unit.text[:600]))
