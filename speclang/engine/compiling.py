"""A project on the disk, compiled.

In: a folder. Out: the project and its compilation, with what was wrong in settings and files. Reads; writes nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ..bind.fields import unusable
from ..diagnostics.diagnostic import Diagnostic, has_errors, has_more_than_notes, ordered
from ..diagnostics.result import Result
from ..kit import registry
from ..project import config, disk
from ..project.acceptances import Acceptance
from ..project.errors import no_features, no_specs, unknown_feature
from ..source.records import dataclass, replace
from ..source.span import Places
from ..source.text import SourceText
from ..syntax.blocks import Piece, split
from ..syntax.parser import parse, parse_pieces
from ..syntax.tree import File, Text
from . import errors
from .affected import Affected, affected, merged, with_plain_lines
from .fresh import KINDS, Seen, look
from .heap import uncollected
from .judging.ledger import Ledger
from .passes import Parse, Passes
from .pipeline import AFRESH, Compiled, compile_texts
from .proof import prove, proved_by
from .remembering import searches


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A project and what its specs compile to.

    `known` is None where everything was compiled; else `compiled` holds the features that a change reached, and the lock of all.
    `seen` is the project as it was before its `texts` were read, if somebody looked. `accepted` are the findings of the specs that
    stand as they are, by the entries of `ledger`; they are not among the diagnostics.
    """

    home: config.Home
    compiled: Compiled
    known: Affected | None
    seen: Seen | None
    texts: tuple[SourceText, ...]
    ledger: Ledger
    accepted: tuple[tuple[Diagnostic, Acceptance], ...]

    @property
    def root(self) -> Path:
        """The project's root."""
        return self.home.root


def open_project(start: Path, seen: Seen | None = None, *, afresh: bool = False, remembering: bool = True) -> Opened:
    """Compile the project that `start` lies in, after finishing what a killed build had begun.

    Where the project was `seen`, only the features that have changed since everything was in sync, unless `afresh`. What
    analysis has searched before is not searched again, if `remembering`. Raises `NoProject` and `OSError`.
    """
    found = seen.found if seen else config.find(start)
    if found.value.kept is None and disk.recover(found.value.root) and seen:
        seen = look(start)
    passes = AFRESH._replace(analyse=searches.remembering(found.value.root)) if remembering else AFRESH
    return open_home(found, seen, afresh=afresh, passes=passes)


@uncollected()
def open_home(
    found: Result[config.Home], seen: Seen | None = None, *, afresh: bool = False, passes: Passes = AFRESH
) -> Opened:
    """Compile the project that was `found`, on the disk or as git keeps it; as `open_project` otherwise. Raises `OSError`.

    `passes` may be those of a memory that knows whole files, where no project was `seen`.
    """
    home = found.value
    names = home.tree.below(home.config.specs, ".spec")
    known = None if afresh or not seen or found.diagnostics else affected(seen)
    texts = home.tree.read(_needed(home, known, names) if known else names)
    templates = home.tree.read(home.config.templates)
    sources = tuple(with_plain_lines(source) for source in texts.value)
    compiled = compile_texts(
        sources, home.config, templates.value, passes._replace(parse=_parse_of(known)) if known else passes
    )
    ledger = Ledger.of(home)
    weighed = ledger.weigh(compiled.diagnostics, compiled.places)
    if known is not None:
        built = {one.name.casefold() for one in compiled.program.features}
        others = {one.name.casefold() for one in known.lock.features if one.name not in known.features}
        if built & others or has_more_than_notes(weighed.told) or texts.diagnostics:
            # What is said of a part may not be what is said of the whole.
            return open_home(found, seen, afresh=True, passes=passes)
        inputs = {one.path: one.hash for one in compiled.lock.inputs}
        starts = {unit: start for one in known.divided.values() for unit, start in one.starts()}
        compiled = replace(
            compiled,
            lock=merged(known, compiled.lock, inputs),
            artifacts=(*compiled.artifacts, *known.moved),
            places=replace(compiled.places, starts={**compiled.places.starts, **starts}),
        )
    heard = [*found.diagnostics, *texts.diagnostics, *templates.diagnostics, *ledger.diagnostics, *weighed.told]
    if not names and not heard:
        heard.append(no_specs(home.config.specs, home.config.file))
    elif not compiled.program.features and known is None and not heard:
        heard.append(no_features(home.config.specs, home.config.file))
    heard.extend(_foreign(home))
    heard.extend(_unlaid(home, compiled) if not has_errors(heard) else ())
    heard.extend(_proofs(home, compiled))
    places = with_sources(compiled.places, [home.source, ledger.source])
    return Opened(
        home=home,
        compiled=replace(compiled, diagnostics=ordered(heard, places), places=places),
        known=known,
        seen=seen,
        texts=(*texts.value, *templates.value),
        ledger=ledger,
        accepted=weighed.accepted,
    )


def _unlaid(home: config.Home, compiled: Compiled) -> Iterator[Diagnostic]:
    """The layouts in the settings that are of no feature."""
    features = [one.name for one in compiled.lock.features]
    table = ("tool", "specc") if home.config.file == config.SHARED else ()
    for feature, _ in home.config.layouts:
        if feature not in features:
            yield unknown_feature(home.source, (*table, "layouts", feature), features)


def with_sources(places: Places, sources: Sequence[SourceText]) -> Places:
    """`places` with further texts in which findings may lie."""
    return Places({**places.sources, **{source.name: source for source in sources}}, places.starts)


def _parse_of(known: Affected) -> Parse:
    """A parser that reads, of a file of which only some features changed, no more than these can need."""

    def parse_part(source: SourceText) -> Result[File]:
        part = known.divided.get(source.name)
        if part is None or part.source.text != source.text:
            return parse(source)
        return parse_pieces(source, part.wanted(known.features))

    return parse_part


def _needed(home: config.Home, known: Affected, names: Sequence[str]) -> tuple[str, ...]:
    """The specs to compile: what the features were made of, and what the changed files now use, however far that goes."""
    wanted = set(known.needed())
    waiting = list(known.files)
    while waiting:
        path = waiting.pop()
        part = known.divided.get(path)
        for source in [part.source] if part else home.tree.read([path]).value:
            used = tuple(_used(source, part.pieces if part else split(source).pieces))
            fresh = {name for name in names if name.endswith(used)} - wanted if used else set()
            wanted |= fresh
            waiting.extend(fresh)
    return tuple(sorted(wanted))


def _used(source: SourceText, pieces: Iterable[Piece]) -> Iterable[str]:
    """The paths that a file says it uses, however they are meant."""
    uses = [one for one in pieces if not one.parent and one.key.startswith("use")]
    for unit in parse_pieces(source, uses).value.units:
        if unit.item is not None and unit.item.head.text == "use":
            yield from (value.plain.lstrip("./") for value in unit.item.values if isinstance(value, Text))


def _foreign(home: config.Home) -> Iterator[Diagnostic]:
    """Findings about the kinds of others that the settings name; where their code stands is noted."""
    kinds = home.config.kinds
    if not kinds:
        return
    key = ("tool", "specc", "kinds") if home.config.file == config.SHARED else ("kinds",)
    for kind, why in unusable(kinds):
        yield errors.no_kind(home.source, key, kind, why)
    code = dict.fromkeys(str(path) for kind in kinds for path in registry.files(kind, kinds))
    disk.remember(home.root, KINDS, "\n".join(code).encode())


def _proofs(home: config.Home, compiled: Compiled) -> list[Diagnostic]:
    """Findings about the checks in use; one that was proved before, by the same code, is not proved again."""
    foreign = home.config.kinds
    found: list[Diagnostic] = []
    for kind, checks in sorted(_in_use(compiled).items()):
        code = proved_by(kind, foreign)
        known, *proved = (disk.recall(home.root, f"proved/{kind}") or "").split("\n")
        fresh = checks.difference(proved if known == code else ())
        if not fresh:
            continue
        wrong = list(prove(kind, foreign, fresh))
        found.extend(wrong)
        if not wrong:
            every = sorted(fresh.union(proved if known == code else ()))
            disk.remember(home.root, f"proved/{kind}", "\n".join([code, *every]).encode())
    return found


def _in_use(compiled: Compiled) -> dict[str, set[str]]:
    """The checks that the graders of each kind call."""
    kinds = {(one.name, other.id): other.kind for one in compiled.program.features for other in one.requirements}
    checks: dict[str, set[str]] = {}
    for plan in compiled.plan.features:
        for grader in plan.graders:
            checks.setdefault(kinds[plan.feature, grader.requirement], set()).add(grader.check)
    return checks
