"""A Python function that answers: an agent of the user's own, or a model reached in a way of its own.

```toml
[targets.mine]
use = "callable"
at = "app.agent:answer"      # module:function, found from the project's root
```

The function takes the request as a dictionary and returns a text, a message, or a list of messages, with or without `async`:

```python
def answer(request):
    return "We open at nine."
```
"""

import inspect
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path

from ...source.hashing import Json, digest
from ..asking import Refused, Reply, Request, Target, Unusable
from ..clock import ticks
from ..finding import Context
from ..messages import reply_of, request_data

SUMMARY = "a Python function"

Answers = Callable[[Mapping[str, Json]], "Json | Awaitable[Json]"]


def made(context: Context) -> Target:
    """The function that `context` names. Raises `Unusable`."""
    stated = context.stated
    module, _, name = stated.at.partition(":")
    if not module or not name:
        meant = ":".join(stated.at.rsplit(".", 1)) if "." in stated.at else "module:function"
        raise Unusable(f'the target `{stated.name}` names no function; write `at = "{meant}"`')
    root = str(context.root)
    if root not in sys.path:
        sys.path.insert(0, root)
    try:
        found: object = import_module(module)
        for part in name.split("."):
            found = getattr(found, part)
    except Exception as problem:  # noqa: BLE001 - loading somebody's code may stop with anything
        raise Unusable(f"`{stated.at}` can't be loaded: {_told(problem, module, root)}") from None
    if not callable(found):
        raise Unusable(f"`{stated.at}` is no function")
    return Function(stated.name, stated.model or stated.at, stated.at, found)


class Function:
    """One function."""

    __slots__ = ("_at", "_code", "_function", "model", "name")

    def __init__(self, name: str, model: str, at: str, function: Answers) -> None:
        """Take the function, and note the state of the file that it is in."""
        self.name = name
        self.model = model
        self._at = at
        self._function = function
        self._code = _state(function)

    @property
    def identity(self) -> Json:
        """The function, and the file that it is in."""
        return ["callable", self._at, self.model, self._code]

    @property
    def remembers(self) -> bool:
        """What the function calls may have changed."""
        return False

    async def ask(self, request: Request) -> Reply:
        """What the function returns."""
        started = ticks()
        try:
            said = self._function(request_data(request))
            found: Json = await said if inspect.isawaitable(said) else said
        except Exception as problem:  # noqa: BLE001 - it is somebody's code: what stops it is why there is no answer
            where = _place(problem)
            raise Refused(f"`{self._at}` stops{where} with {type(problem).__name__}: {problem}") from None
        return reply_of(found, ticks() - started, self._at)

    async def close(self) -> None:
        """Nothing is open."""


def _told(problem: Exception, module: str, root: str) -> str:
    """Why loading `module` stopped, and where."""
    if isinstance(problem, ModuleNotFoundError) and problem.name and f"{module}.".startswith(f"{problem.name}."):
        return f"there is no module `{problem.name}`, neither under {root} nor among what is installed"
    return f"{type(problem).__name__}: {problem}"


def _place(problem: Exception) -> str:
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


def _state(function: Answers) -> str:
    try:
        lines: Sequence[str] = inspect.getsourcelines(inspect.getmodule(function) or function)[0]
    except (OSError, TypeError):
        return ""
    return digest("".join(lines))
