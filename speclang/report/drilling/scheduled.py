"""A schedule on which a command runs, for whatever runs commands: specc has no scheduler of its own.

In: a command and how long ago it may have been run last. Out: the text of a file, or a line.
Invariant: twice as often as has to be, so that a run that fails for another reason can be made up for; never on the hour, when all run.
"""

_HOUR, _DAY = 3600, 86_400

FORMS = ("cron", "github", "gitlab")

_GITHUB = """\
# .github/workflows/{name}.yml
name: {name}
on:
  schedule:
    - cron: "{cron}"
  workflow_dispatch:
jobs:
  {name}:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - uses: actions/cache@v4        # what was run, and when; not needed with a `store` of your own
        with:
          path: .specc
          key: specc-{name}-${{{{ github.run_id }}}}
          restore-keys: specc-{name}-
      - run: pip install 'specc[eval]'
      - run: {command}
"""

_GITLAB = """\
# .gitlab-ci.yml; then Build > Pipeline schedules > New schedule, interval pattern: {cron}
{name}:
  image: python:3.12
  rules:
    - if: $CI_PIPELINE_SOURCE == "schedule"
  cache:                              # what was run, and when; not needed with a `store` of your own
    key: specc-{name}
    paths: [.specc]
  script:
    - pip install 'specc[eval]'
    - {command}
"""


def schedule(form: str, name: str, command: str, every: float) -> str:
    """What has `command`, called `name`, run so often that it is never more than `every` seconds ago."""
    cron = times(every)
    match form:
        case "github":
            return _GITHUB.format(name=name, cron=cron, command=command)
        case "gitlab":
            return _GITLAB.format(name=name, cron=cron, command=command)
        case _:
            return f"{cron}  {command}\n"


def times(every: float) -> str:
    """When to run what may be `every` seconds ago, as cron writes it."""
    half = every / 2
    if half >= 7 * _DAY:
        return "23 5 * * 1"
    if half >= 3.5 * _DAY:
        return "23 5 * * 1,4"
    if half >= _DAY:
        return "23 5 * * *"
    return "23 */6 * * *" if half >= 6 * _HOUR else "23 * * * *"
