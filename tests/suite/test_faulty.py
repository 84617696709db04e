"""The faulty specs report exactly what their comments say: each code in the requirement beside it, and nothing else."""

import re
from collections.abc import Iterator
from pathlib import Path

from speclang.engine.check import check

FAULTY = Path(__file__).parents[2] / "specs" / "faulty"
STATED = re.compile(r"^  ([A-Z]+-\d+) ")
NOTED = re.compile(r"# ((?:E\d{4}|[a-z_]+/[a-z-]+)): ")


def noted() -> Iterator[tuple[str, str, str]]:
    """File, requirement and code of each comment that tells of a fault."""
    for path in FAULTY.rglob("*.spec"):
        id = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            stated = STATED.match(line)
            id = stated[1] if stated else id
            for match in NOTED.finditer(line):
                yield path.relative_to(FAULTY).as_posix(), id, match[1]


def test_the_faulty_specs_report_exactly_what_their_comments_say() -> None:
    units = [(one.primary.span.unit, one.code.id) for one in check(FAULTY, afresh=True).diagnostics]
    found = [(unit.file, unit.key.partition("#")[0], code) for unit, code in units]
    assert sorted(found) == sorted(noted())
    assert len(found) > 20
