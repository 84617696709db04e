"""Functions of the user's own, loaded by name.

In: `module:function` and the project's root. Out: the function, or why it can't be loaded.
"""

import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from ..asking import Unusable


def function_at(at: str, folder: Path, whose: str) -> Callable[..., object]:
    """The function that `at` names, `module:function` from `folder`, for `whose` it is. Raises `Unusable`."""
    module, _, name = at.partition(":")
    if not module or not name:
        meant = ":".join(at.rsplit(".", 1)) if "." in at else "module:function"
        raise Unusable(f'{whose} names no function; write `at = "{meant}"`')
    root = str(folder)
    if root not in sys.path:
        sys.path.insert(0, root)
    try:
        found: object = import_module(module)
        for part in name.split("."):
            found = getattr(found, part)
    except Exception as problem:  # noqa: BLE001 - loading somebody's code may stop with anything
        raise Unusable(f"`{at}` can't be loaded: {_told(problem, module, root)}") from None
    if not callable(found):
        raise Unusable(f"`{at}` is no function")
    return found


def place(problem: Exception) -> str:
    """Where in the function's own file it stopped, or ""."""
    outer = problem.__traceback__.tb_next if problem.__traceback__ is not None else None
    if outer is None:
        return ""
    file, line, inner = outer.tb_frame.f_code.co_filename, outer.tb_lineno, outer.tb_next
    while inner is not None:
        if inner.tb_frame.f_code.co_filename == file:
            line = inner.tb_lineno
        inner = inner.tb_next
    return f" at {Path(file).name}:{line}"


def _told(problem: Exception, module: str, root: str) -> str:
    """Why loading `module` stopped, and where."""
    if isinstance(problem, ModuleNotFoundError) and problem.name and f"{module}.".startswith(f"{problem.name}."):
        return f"there is no module `{problem.name}`, neither under {root} nor among what is installed"
    return f"{type(problem).__name__}: {problem}"
