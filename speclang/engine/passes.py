"""What is done to one file, one requirement, one feature: the places where a process that goes on puts its memory."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple, TypeAlias

from ..bind.composing.policies import BindHome, Read
from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.result import Result
from ..emit.page import CaseWriter
from ..emit.prompt import Layout
from ..lock.lockfile import Part
from ..model.feature import Feature
from ..plan.artifact import Artifact
from ..plan.plan import FeaturePlan
from ..source.span import Places
from ..source.text import SourceText
from ..syntax.tree import File

Parse: TypeAlias = Callable[[SourceText], Result[File]]
Analyse: TypeAlias = Callable[[Feature, Collection[str]], Iterable[Diagnostic]]
Lower: TypeAlias = Callable[[Feature, Collection[str]], Result[FeaturePlan]]
Emit: TypeAlias = Callable[
    [FeaturePlan, Places, str, Layout, CaseWriter | None, Mapping[str, Layout]], Result[tuple[Artifact, ...]]
]
Sealed: TypeAlias = Callable[[Artifact], tuple[str, tuple[Part, ...]]]


class Passes(NamedTuple):
    """`pipeline.AFRESH` does everything anew; `session.memory` answers what it knows."""

    parse: Parse
    read: Read
    bound: BindHome
    analyse: Analyse
    lower: Lower
    emit: Emit
    sealed: Sealed
