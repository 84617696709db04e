"""specc: from a typed spec to prompt, cases, trace and lock.

The names below are loaded when they are first used: `import speclang` itself reads nothing.
Invariant: no module of this package imports this file.
"""

from .version import VERSION as __version__

TYPE_CHECKING = False  # true for type checkers, which know the name; `typing` itself would load 25 modules
if TYPE_CHECKING:
    from .engine.build import BuildReport as BuildReport
    from .engine.build import build as build
    from .engine.check import CheckReport as CheckReport
    from .engine.check import check as check
    from .engine.compile import compile as compile
    from .engine.pipeline import Compiled as Compiled

_PUBLIC = {
    "BuildReport": "engine.build",
    "CheckReport": "engine.check",
    "Compiled": "engine.pipeline",
    "build": "engine.build",
    "check": "engine.check",
    "compile": "engine.compile",
}

__all__ = ["BuildReport", "CheckReport", "Compiled", "__version__", "build", "check", "compile"]


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
