"""What has cron, GitHub or GitLab run a command of specc now and then: specc has no scheduler of its own.

In: the words of the command, a folder of the project, and when. Out: a text for a file.
Invariant: a key is named and never written; the store is kept from run to run, also where the command found something, for what was
run before is forgotten without it.
"""

import shlex
from collections.abc import Sequence
from pathlib import Path

from ...project.config import find
from ...version import VERSION

WAYS = ("cron", "github", "gitlab")

DAILY = "17 6 * * *"
"""Each day, and not at the full hour, when everybody asks."""

_HOUR, _DAY = 3600, 86_400


def scheduled(how: str, words: Sequence[str], folder: Path, target: str = "", when: str = DAILY) -> str:
    """What has `how` (one of `WAYS`) run `specc` with `words` in the project of `folder`, `when` cron says.

    The keys of `target`, or of all targets, are in its environment. Raises `NoProject`.
    """
    home = find(folder).value
    stated = [one for one in home.config.asked if target in ("", one.name)]
    keys = tuple(dict.fromkeys(one.key for one in stated if one.key))
    command = shlex.join(["specc", *words])
    if how == "cron":
        return _cron(command, home.root, keys, when)
    return (_github if how == "github" else _gitlab)(command, words[0], keys, when)


def often(every: float) -> str:
    """When to run what may be `every` seconds ago, as cron writes it: twice as often, so that a run that fails can be made up for."""
    half = every / 2
    if half >= 7 * _DAY:
        return "23 5 * * 1"
    if half >= 3.5 * _DAY:
        return "23 5 * * 1,4"
    if half >= _DAY:
        return "23 5 * * *"
    return "23 */6 * * *" if half >= 6 * _HOUR else "23 * * * *"


def _cron(command: str, folder: Path, keys: Sequence[str], when: str) -> str:
    told = f"# {', '.join(keys)}: cron knows only what is set here, above the line.\n" if keys else ""
    # cron takes a percent sign for the end of a line
    return told + f"{when} cd {shlex.quote(str(folder))} && {command}\n".replace("%", "\\%")


def _github(command: str, name: str, keys: Sequence[str], when: str) -> str:
    secrets = "".join(f"          {key}: ${{{{ secrets.{key} }}}}\n" for key in keys)
    env = f"        env:\n{secrets}" if secrets else ""
    return f"""\
name: specc {name}
on:
  schedule:
    - cron: "{when}"
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
      # What was run before. Where `store` in specc.toml names a database, this step and the last are not needed.
      - uses: actions/cache/restore@v4
        with:
          path: .specc/answers.db
          key: specc-{name}-${{{{ github.run_id }}}}
          restore-keys: specc-{name}-
      - run: {command}
{env}      - uses: actions/cache/save@v4
        if: always()
        with:
          path: .specc/answers.db
          key: specc-{name}-${{{{ github.run_id }}}}
"""


def _gitlab(command: str, name: str, keys: Sequence[str], when: str) -> str:
    told = f"# Set as variables of CI/CD: {', '.join(keys)}.\n" if keys else ""
    return f"""\
# Add a schedule under Build > Pipeline schedules, for example `{when}`.
{told}specc-{name}:
  image: python:3.12
  rules:
    - if: $CI_PIPELINE_SOURCE == "schedule"
  resource_group: specc-{name}
  # What was run before. Where `store` in specc.toml names a database, the cache is not needed.
  cache:
    key: specc-{name}
    paths: [.specc/answers.db]
    when: always
  script:
    - pip install 'specc[eval]=={VERSION}'
    - {command}
"""
