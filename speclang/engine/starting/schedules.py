"""What has cron, GitHub or GitLab run a command of specc each day: specc has no scheduler of its own.

In: the words of the command, the project's folder, and the variables that hold its targets' keys. Out: a text for a file.
Invariant: a key is named and never written; the store is kept from run to run, for a series without it begins anew each day.
"""

import shlex
from collections.abc import Sequence
from pathlib import Path

from ...version import VERSION

WAYS = ("cron", "github", "gitlab")

_WHEN = "17 6 * * *"
"""Each day, and not at the full hour, when everybody asks."""


def scheduled(how: str, words: Sequence[str], folder: Path, keys: Sequence[str]) -> str:
    """What has `how` (one of `WAYS`) run `specc` with `words` each day, in `folder`, with `keys` in its environment."""
    command = shlex.join(["specc", *words])
    if how == "cron":
        return _cron(command, folder, keys)
    return (_github if how == "github" else _gitlab)(command, words[0], keys)


def _cron(command: str, folder: Path, keys: Sequence[str]) -> str:
    told = f"# {', '.join(keys)}: cron knows only what is set here, above the line.\n" if keys else ""
    # cron takes a percent sign for the end of a line
    return told + f"{_WHEN} cd {shlex.quote(str(folder))} && {command}\n".replace("%", "\\%")


def _github(command: str, name: str, keys: Sequence[str]) -> str:
    secrets = "".join(f"          {key}: ${{{{ secrets.{key} }}}}\n" for key in keys)
    env = f"        env:\n{secrets}" if secrets else ""
    return f"""\
name: specc {name}
on:
  schedule:
    - cron: "{_WHEN}"
  workflow_dispatch:
permissions:
  contents: read
concurrency: specc-{name}
jobs:
  {name}:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - run: pip install 'specc[eval]=={VERSION}'
      # The series so far. Where `store` in specc.toml names a database, this step is not needed.
      - uses: actions/cache@v4
        with:
          path: .specc/answers.db
          key: specc-{name}-${{{{ github.run_id }}}}
          restore-keys: specc-{name}-
          save-always: true
      - run: {command}
{env}"""


def _gitlab(command: str, name: str, keys: Sequence[str]) -> str:
    told = f"# Set as variables of CI/CD: {', '.join(keys)}.\n" if keys else ""
    return f"""\
# Add a schedule under Build > Pipeline schedules, for example `{_WHEN}`.
{told}specc-{name}:
  image: python:3.12
  rules:
    - if: $CI_PIPELINE_SOURCE == "schedule"
  resource_group: specc-{name}
  # The series so far. Where `store` in specc.toml names a database, the cache is not needed.
  cache:
    key: specc-{name}
    paths: [.specc/answers.db]
    when: always
  script:
    - pip install 'specc[eval]=={VERSION}'
    - {command}
"""
