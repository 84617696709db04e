"""Files that stand around a project and have others call specc: git, pre-commit, GitHub, GitLab, an editor.

In: words that a user gives. Out: files to write, and what is still to be done by hand.
Invariant: a file that is there already is never touched; what is written is what `docs/ci.md` explains.
"""

from pathlib import Path

from ...project.writing import make_runnable, write_all
from ...source.records import dataclass
from ...version import VERSION
from .start import AlreadyThere

_HOOK = """\
#!/bin/sh
# Judges what the commit will hold. Turn it on with: git config core.hooksPath hooks
exec specc check --staged
"""

_PRE_COMMIT = """\
repos:
  - repo: local
    hooks:
      - id: specc-fmt
        name: specc fmt
        entry: specc fmt --staged
        language: system
        files: \\.spec$
        pass_filenames: false
      - id: specc-check
        name: specc check
        entry: specc check --staged
        language: system
        always_run: true
        pass_filenames: false
"""

_GITHUB = f"""\
name: specc
on: [push, pull_request]
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - run: pip install specc=={VERSION}
      - run: specc check --format github
"""

_GITLAB = f"""\
specc:
  image: python:3.12
  script:
    - pip install specc=={VERSION}
    - specc check --format junit > specc.xml
  artifacts:
    when: always
    reports:
      junit: specc.xml
"""

_VSCODE = """\
{
  "files.associations": { "*.spec": "specc" },
  "[specc]": { "editor.formatOnSave": true, "editor.tabSize": 2 },
  "search.exclude": { ".specc/": true }
}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surrounding:
    """One file for another program: where it stands, what it says, and what its user has yet to do, if anything."""

    path: str
    text: str
    next: str = ""
    at_top: bool = True
    """Whether its program looks for it at the top of a repository only."""

    runs: bool = False
    """Whether it is a program itself."""


SURROUNDINGS = {
    "hook": Surrounding(
        path="hooks/pre-commit",
        text=_HOOK,
        next="turn the hook on with `git config core.hooksPath hooks`; everybody who clones does so once",
        runs=True,
    ),
    "pre-commit": Surrounding(
        path=".pre-commit-config.yaml", text=_PRE_COMMIT, next="turn the hooks on with `pre-commit install`"
    ),
    "github": Surrounding(path=".github/workflows/specc.yml", text=_GITHUB),
    "gitlab": Surrounding(path=".gitlab-ci.yml", text=_GITLAB),
    "vscode": Surrounding(path=".vscode/settings.json", text=_VSCODE, at_top=False),
}
"""By the word that asks for each."""


class NotAtTop(Exception):
    """The file `path` would not be looked for in this folder, but in `top`."""

    def __init__(self, path: str, top: Path) -> None:
        """Keep both."""
        super().__init__(path)
        self.path = path
        self.top = top


def surround(folder: Path, words: tuple[str, ...]) -> tuple[Surrounding, ...]:
    """Write the files that `words` (keys of `SURROUNDINGS`) ask for into `folder`, all of them or none.

    Raises `AlreadyThere`, `NotAtTop`, and `OSError` where the folder can't be written.
    """
    chosen = check(folder, words)
    write_all(folder, {one.path: one.text.encode() for one in chosen})
    for one in chosen:
        if one.runs:
            make_runnable(folder, one.path)
    return chosen


def check(folder: Path, words: tuple[str, ...]) -> tuple[Surrounding, ...]:
    """The files that `words` ask for, once nothing stands in their way. Raises `AlreadyThere` and `NotAtTop`."""
    chosen = tuple(SURROUNDINGS[word] for word in dict.fromkeys(words))
    top = _top(folder)
    for one in chosen:
        if (folder / one.path).exists():
            raise AlreadyThere(one.path)
        if one.at_top and top is not None and top != folder.resolve():
            raise NotAtTop(one.path, top)
    return chosen


def _top(folder: Path) -> Path | None:
    """The top of the repository in which `folder` lies or will lie, if it is in one."""
    at = folder.resolve()
    return next((one for one in (at, *at.parents) if (one / ".git").exists()), None)
