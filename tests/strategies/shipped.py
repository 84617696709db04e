"""The features that ship, each built as a project of its own: what looks at one of them need not look at all."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from speclang.engine.build import build
from speclang.engine.compiling import Opened, open_project

SPECS = Path(__file__).parents[2] / "specs"
FEATURES = {
    found[1]: path
    for path in sorted(SPECS.rglob("*.spec"))
    if not path.is_relative_to(SPECS / "faulty")  # a project of its own, and meant to have errors
    for found in re.finditer(r"(?m)^feature (\w+)", path.read_text(encoding="utf-8"))
}


def used(path: Path) -> Iterator[Path]:
    """The file at `path`, and all that it uses."""
    yield path
    for found in re.finditer(r'(?m)^use "([^"]+)"', path.read_text(encoding="utf-8")):
        yield from used(next(one for one in (path.parent / found[1], SPECS / found[1]) if one.exists()))


def alone(feature: str, folder: Path) -> Opened:
    """The project in `folder` that holds what `feature` is made of, and its generated files."""
    for path in used(FEATURES[feature]):
        copy = folder / "specs" / path.relative_to(SPECS)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    (folder / "specc.toml").touch()
    assert build(folder).done
    return open_project(folder)
