"""A project that lies in memory: its specs compiled, its files as they were built, then as somebody edited them."""

from collections.abc import Mapping
from pathlib import Path

from speclang.engine.compiling import Opened
from speclang.engine.judging.ledger import Ledger
from speclang.engine.pipeline import compile_texts
from speclang.engine.standing.differences import Held
from speclang.lock import lockfile
from speclang.project.config import Config, Home
from speclang.project.disk import OnDisk
from speclang.project.overlay import Overlaid
from speclang.source.text import SourceText

NOWHERE = Path("/nowhere")
LOCK = "generated/specc.lock"


def in_memory(specs: Mapping[str, str]) -> Opened:
    """The project that `specs`, by their paths, state; nothing of it is on the disk."""
    texts = tuple(SourceText(name, text) for name, text in sorted(specs.items()))
    home = Home(NOWHERE, Config(), SourceText("specc.toml", ""), Overlaid(OnDisk(NOWHERE), dict(specs)))
    return Opened(
        home=home,
        compiled=compile_texts(texts, home.config),
        known=None,
        seen=None,
        texts=texts,
        ledger=Ledger.of(home),
        accepted=(),
    )


def as_built(opened: Opened, edited: Mapping[str, str] | None = None) -> Held:
    """The files of a project as a build leaves them, but for those that somebody `edited`."""
    lock = opened.compiled.lock
    files = {one.path: one.text for one in opened.compiled.artifacts} | dict(edited or {})
    return Held(files=files, lock_path=LOCK, lock_text=lockfile.write(lock), lock=lock, problems=())
