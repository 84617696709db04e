"""specc: from a typed spec to prompt, cases, trace and lock.

The names below are loaded when they are first used: `import speclang` itself reads nothing.
Invariant: no module of this package imports this file.
"""

from .version import VERSION as __version__

TYPE_CHECKING = False  # true for type checkers, which know the name; `typing` itself would load 25 modules
if TYPE_CHECKING:
    from .assure.api import evaluate as evaluate
    from .assure.outcome import Evaluated as Evaluated
    from .assure.outcome import Unfit as Unfit
    from .diagnostics.diagnostic import Diagnostic as Diagnostic
    from .engine.answers.grade import BadParameter as BadParameter
    from .engine.answers.grade import UnknownGrader as UnknownGrader
    from .engine.answers.score import UnknownFeature as UnknownFeature
    from .engine.answers.scores import Scores as Scores
    from .engine.api import build as build
    from .engine.api import check as check
    from .engine.api import compile as compile
    from .engine.api import conformance as conformance
    from .engine.api import grade as grade
    from .engine.api import score as score
    from .engine.build import Built as Built
    from .engine.check import Report as Report
    from .engine.pipeline import Compiled as Compiled
    from .kit.answer import Answer as Answer
    from .kit.answer import Said as Said
    from .kit.answer import ToolCall as ToolCall
    from .kit.answer import Verdict as Verdict
    from .plan.clipping import Clipped as Clipped
    from .plan.clipping import clip as clip
    from .plan.clipping import clipped as clipped
    from .project.config import NoProject as NoProject
    from .run.asking import Unusable as Unusable

_PUBLIC = {
    "Answer": "kit.answer",
    "BadParameter": "engine.answers.grade",
    "Built": "engine.build",
    "Clipped": "plan.clipping",
    "Compiled": "engine.pipeline",
    "Diagnostic": "diagnostics.diagnostic",
    "Evaluated": "assure.outcome",
    "NoProject": "project.config",
    "Report": "engine.check",
    "Said": "kit.answer",
    "Scores": "engine.answers.scores",
    "ToolCall": "kit.answer",
    "Unfit": "assure.outcome",
    "UnknownFeature": "engine.answers.score",
    "UnknownGrader": "engine.answers.grade",
    "Unusable": "run.asking",
    "Verdict": "kit.answer",
    "build": "engine.api",
    "check": "engine.api",
    "clip": "plan.clipping",
    "clipped": "plan.clipping",
    "compile": "engine.api",
    "conformance": "engine.api",
    "evaluate": "assure.api",
    "grade": "engine.api",
    "score": "engine.api",
}

__all__ = [
    "Answer",
    "BadParameter",
    "Built",
    "Clipped",
    "Compiled",
    "Diagnostic",
    "Evaluated",
    "NoProject",
    "Report",
    "Said",
    "Scores",
    "ToolCall",
    "Unfit",
    "UnknownFeature",
    "UnknownGrader",
    "Unusable",
    "Verdict",
    "__version__",
    "build",
    "check",
    "clip",
    "clipped",
    "compile",
    "conformance",
    "evaluate",
    "grade",
    "score",
]


def __getattr__(name: str) -> object:
    """Load a public name (PEP 562)."""
    if name not in _PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(f".{_PUBLIC[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names, loaded or not."""
    return sorted({*globals(), *_PUBLIC})
