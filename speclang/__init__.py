"""specc: from a typed spec to prompt, cases, trace and lock.

The names below are loaded when they are first used: `import speclang` itself reads nothing.
Invariant: no module of this package imports this file.
"""

from .version import VERSION as __version__

TYPE_CHECKING = False  # true for type checkers, which know the name; `typing` itself would load 25 modules
if TYPE_CHECKING:
    from .diagnostics.diagnostic import Diagnostic as Diagnostic
    from .engine.api import build as build
    from .engine.api import check as check
    from .engine.api import compile as compile
    from .engine.api import conformance as conformance
    from .engine.build import Built as Built
    from .engine.check import Report as Report
    from .engine.pipeline import Compiled as Compiled
    from .project.config import NoProject as NoProject

_PUBLIC = {
    "Built": "engine.build",
    "Compiled": "engine.pipeline",
    "Diagnostic": "diagnostics.diagnostic",
    "NoProject": "project.config",
    "Report": "engine.check",
    "build": "engine.api",
    "check": "engine.api",
    "compile": "engine.api",
    "conformance": "engine.api",
}

__all__ = [
    "Built",
    "Compiled",
    "Diagnostic",
    "NoProject",
    "Report",
    "__version__",
    "build",
    "check",
    "compile",
    "conformance",
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
