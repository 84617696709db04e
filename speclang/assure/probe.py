"""`specc probe`: the real tools are called, and what they give is held against what the specs say of them.

In: a folder, what is wished, and the day. Out: a `Probe`. Nothing else of specc calls a tool: no build, check, hook or watch does.
Invariant: a tool that writes is called only where the settings say that its target is a sandbox; an argument is always one that
somebody wrote, in an `example` or in the file of a rate.
"""

import asyncio
import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..diagnostics.diagnostic import Diagnostic, has_errors, ordered
from ..engine.answers.score import UnknownFeature
from ..engine.compiling import Opened, open_project
from ..engine.tracing import graph_of
from ..model.promise import Promises
from ..model.tool import Tool
from ..project.asked.real import RealTool
from ..project.disk import write_all
from ..run.asking import Unusable
from ..run.calling.caller import Stated, caller
from ..run.environment import secret
from ..source.records import dataclass, replace
from ..source.suggest import nearest
from ..trace.elements import Trace
from .outcome import Unfit
from .probing import baseline
from .probing.baseline import Line
from .probing.calls import Calls
from .probing.inputs import inputs
from .probing.outcome import Probe, Probed, Promised, Verdict
from .probing.recorded import out_of_date
from .probing.relying import relying
from .probing.trying import rated, seen, tried

NAME = "probes.jsonl"

_NOTHING = Promises()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which tools, by name (all of them if none is named); `bless` to take what they give as the baseline; `offline` to call none."""

    tools: tuple[str, ...] = ()
    bless: bool = False
    offline: bool = False


@dataclass(frozen=True, slots=True)
class _Declared:
    """A tool of the specs, the features that have it, and how it is called."""

    tool: Tool
    features: tuple[str, ...]
    real: RealTool | None


def probe(folder: Path, wish: Wish, day: datetime.date) -> Probe | Unfit:
    """Probe what is wished. Raises `Unusable`, `UnknownFeature`, `baseline.Unreadable`, `NoProject` and `OSError`."""
    project = open_project(folder)
    if has_errors(project.compiled.diagnostics):
        return Unfit(project.compiled.diagnostics, project.compiled.places)
    chosen = _chosen(project, wish)
    path = f"{project.home.config.specs}/{NAME}"
    before = baseline.read(project.home.tree.text(path) or "")
    found = [] if wish.offline else asyncio.run(_probed(project, chosen, before))
    late: list[Diagnostic] = []
    if wish.bless:
        before = _blessed(project, path, before, found, day)
    for one in chosen:
        late.extend(out_of_date(one.tool, before, path, day))
    days = sorted({line.day for line in before})
    return Probe(
        tools=tuple(found),
        day=day.isoformat(),
        path=path,
        baseline=days[0] if days else "",
        diagnostics=ordered(late, project.compiled.places),
        places=project.compiled.places,
    )


def _chosen(project: Opened, wish: Wish) -> list[_Declared]:
    """The tools that promise something, or those that are named. Raises `UnknownFeature` and `Unusable`."""
    real = {one.name: one for one in project.home.config.tools}
    every: dict[Tool, list[str]] = {}
    for feature in project.compiled.program.features:
        for tool in feature.tools:
            every.setdefault(tool, []).append(feature.name)
    known = tuple(tool.name for tool in every)
    for name in wish.tools:
        if name not in known:
            raise UnknownFeature(name, nearest(name, known) or "")
    found = [
        _Declared(tool, tuple(features), real.get(tool.name))
        for tool, features in every.items()
        if (tool.name in wish.tools if wish.tools else tool.promises is not None)
    ]
    if not found:
        raise Unusable("no tool of these specs promises anything; write an `ensures` or an `example` in a `tool` block")
    return found


async def _probed(project: Opened, chosen: Sequence[_Declared], before: Sequence[Line]) -> list[Probed]:
    """Every tool, one after the other, with its rates held against the baseline together."""
    graph = graph_of(project)
    found = [await _one(project, graph, one, before) for one in chosen]
    if not any(one.calls for one in found):
        why = "; ".join(f"`{one.name}` {one.passed_over}" for one in found)
        raise Unusable(f"no tool was called: {why}")
    pairs = [(one.name, promised) for one in found for promised in one.promised]
    told = iter(baseline.drifted(pairs, before))
    return [replace(one, promised=tuple(next(told) for _ in one.promised)) for one in found]


async def _one(project: Opened, graph: Trace, one: _Declared, before: Sequence[Line]) -> Probed:
    tool, real = one.tool, one.real
    bare = Probed(name=tool.name, relying=tuple(relying(graph, tool.name, one.features)))
    if real is None:
        return replace(bare, passed_over=f"has no [tools.{tool.name}] in {project.home.config.file}")
    if tool.writes and not real.sandbox:
        return replace(bare, use=real.use, passed_over=f"writes, and [tools.{tool.name}] does not say `sandbox = true`")
    promises = tool.promises or _NOTHING
    classes = [(rate, inputs(tool, rate.file, project.home.tree.text(rate.file))) for rate in promises.rates]
    if not promises.examples and not classes:
        return replace(bare, use=real.use, passed_over="has no `example` to call it with")
    way = caller(Stated(real, project.root, secret(real.key) if real.key else None))
    calls = Calls(tool, way, real.timeout)
    try:
        promised, heard = await tried(tool, promises, calls)
        promised.extend([await rated(rate, some, calls) for rate, some in classes])
    finally:
        await way.close()
    kept = seen(heard)
    return replace(
        bare,
        use=real.use,
        version=calls.version,
        calls=calls.made,
        promised=(*_version(tool, promises, calls.version), *promised),
        moved=baseline.moved(tool.name, kept, before),
        seen=kept,
    )


def _version(tool: Tool, promises: Promises, version: str) -> Iterator[Promised]:
    """Whether the tool is of the version that the specs speak of, where both say one."""
    if promises.version and version:
        same = version == promises.version
        yield Promised(
            head="version",
            text=f'version "{promises.version}"',
            verdict=Verdict.KEPT if same else Verdict.BROKEN,
            why="" if same else f"the tool says that it is {version}",
            calls=1,
            span=tool.span,
        )


def _blessed(
    project: Opened, path: str, before: Sequence[Line], found: Sequence[Probed], day: datetime.date
) -> tuple[Line, ...]:
    """Write what was seen as the baseline; what was not probed now stays as it was."""
    probed = {one.name for one in found if one.calls}
    lines = [line for line in before if line.tool not in probed]
    for one in found:
        lines.extend(
            Line(one.name, call, day.isoformat(), one.version, result, None) for call, result in one.seen.items()
        )
        lines.extend(
            Line(one.name, told.text, day.isoformat(), one.version, None, told.rate)
            for told in one.promised
            if told.rate is not None and told.rate.n
        )
    write_all(project.root, {path: baseline.written(lines).encode()})
    return tuple(lines)
