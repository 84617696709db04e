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
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import cast

from ...grading.record import Refusal, loaded
from ...source.hashing import OBJECT, Json, digest
from ...source.records import replace
from ..asking import Message, Refused, Reply, Request, Target
from ..calling.loading import function_at, place
from ..clock import ticks
from ..finding import Context
from ..messages import reply_of, request_data

SUMMARY = "a Python function"

Answers = Callable[[Mapping[str, Json]], "Json | Awaitable[Json]"]


def made(context: Context) -> Target:
    """The function that `context` names. Raises `Unusable`."""
    stated = context.stated
    found = function_at(stated.at, context.root, f"the target `{stated.name}`")
    return Function(stated.name, stated.model or stated.at, stated.at, cast("Answers", found))


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
            where = place(problem)
            raise Refused(f"`{self._at}` stops{where} with {type(problem).__name__}: {problem}") from None
        reply = reply_of(found, ticks() - started, self._at)
        return reply if isinstance(found, str) else replace(reply, messages=_plain(reply.messages, self._at))

    async def close(self) -> None:
        """Nothing is open."""


def _plain(messages: Sequence[Message], who: str) -> tuple[Message, ...]:
    """What `who` said, as it is once it has been written down: an application may say anything at all. Raises `Refused`."""
    try:
        found = loaded(json.dumps(messages, default=_object))
    except (TypeError, ValueError, RecursionError) as problem:
        raise Refused(f"`{who}` returned what is no JSON: {problem}") from None
    if isinstance(found, Refusal):
        raise Refused(f"`{who}` returned what can't be read: {found.why}")
    return tuple(one for one in found if isinstance(one, OBJECT)) if isinstance(found, list) else ()


def _object(value: object) -> Json:
    """An object that is no dictionary, as one."""
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is none")


def _state(function: Answers) -> str:
    try:
        lines: Sequence[str] = inspect.getsourcelines(inspect.getmodule(function) or function)[0]
    except (OSError, TypeError):
        return ""
    return digest("".join(lines))
