"""A tool that is a Python function.

```toml
[tools.lookup_order]
use = "callable"
at = "shop.tools:lookup_order"      # module:function, found from the project's root
```

The function takes the arguments by their names and returns a dictionary, with or without `async`:

```python
def lookup_order(order_id):
    return {"total": 40.0, "age": 12, "status": "delivered"}
```

Its module may say of which version it is: `__version__ = "4.2"`.
"""

import inspect
import sys
from collections.abc import Awaitable, Callable, Mapping
from typing import cast

from ....source.hashing import Json
from ...asking import Refused
from ..caller import Caller, Returned, Stated
from ..loading import function_at, place

SUMMARY = "a Python function"

Function = Callable[..., "Json | Awaitable[Json]"]


def made(stated: Stated) -> Caller:
    """The function that `stated` names. Raises `Unusable`."""
    found = function_at(stated.tool.at, stated.root, f"the tool `{stated.tool.name}`")
    return Called(stated.tool.at, cast("Function", found))


class Called:
    """One function."""

    __slots__ = ("_at", "_function")

    def __init__(self, at: str, function: Function) -> None:
        """Take the function."""
        self._at = at
        self._function = function

    async def call(self, arguments: Mapping[str, Json]) -> Returned:
        """What the function returns. Raises `Refused` where it stops."""
        try:
            said = self._function(**arguments)
            value: Json = await said if inspect.isawaitable(said) else said
        except Exception as problem:  # noqa: BLE001 - it is somebody's code: what stops it is why nothing comes back
            raise Refused(f"`{self._at}` stops{place(problem)} with {type(problem).__name__}: {problem}") from None
        version = getattr(sys.modules.get(self._at.partition(":")[0]), "__version__", "")
        return Returned(value, version if isinstance(version, str) else "")

    async def close(self) -> None:
        """Nothing is open."""
