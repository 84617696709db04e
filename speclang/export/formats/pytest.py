"""A file of tests for pytest: one test for each case and requirement, on recorded answers or on a function of yours.

A requirement that does not gate and fails is an expected failure, what nothing can tell is skipped with its reason.
"""

from ..beside import LOAD, beside, losses_of
from ..checks import MARK
from ..material import Files, Material

WRITES = "tests for pytest, one for each case and requirement"
TOOL = "pytest"
GRADES = True

_HOW = """\
```sh
pip install -r requirements.txt
SPECC_ANSWERS=answers.jsonl pytest test_{name}.py            # answers that were recorded, as `specc score` reads them
SPECC_SUBJECT=module:function pytest test_{name}.py          # or a function of yours, which is asked
pytest test_{name}.py -k "REF-1 and nominal"                 # some of them; --junitxml=report.xml for CI
```
"""

_TESTS = '''\
{mark}: change the spec and export again; what is edited here is not kept.
"""Each case of the feature `{name}` and each requirement that speaks on it, as a test."""

{load}
import pytest

PAIRS = [(case, requirement) for case, one in checks.CASES.items() for requirement in one["judged"]]


@pytest.mark.parametrize(("case", "requirement"), PAIRS, ids=[f"{{case}}-{{requirement}}" for case, requirement in PAIRS])
def test_requirement_is_met(case, requirement, record_property):
    record_property("requirement", requirement)
    if checks.trust(requirement):
        record_property("judge", checks.trust(requirement))
    answers = checks.answers(case)
    if not answers:
        pytest.skip(f"no answer to {{case}} is recorded")
    try:
        told = [(one, one.verdict(requirement)) for one in answers]
    except checks.NotGraded as problem:
        raise pytest.fail.Exception(f"{{requirement}} is not told: {{problem}}", pytrace=False) from None
    failed = [(one, verdict) for one, verdict in told if verdict.state == "fail"]
    reasons = "\\n".join(f"{{one.text[:200]!r}} {{one.model}} {{one.sample or ''}}: {{verdict.reason}}" for one, verdict in failed)
    if any(verdict.gates for _, verdict in failed):
        pytest.fail(f"{{requirement}} is not met: {{reasons}}", pytrace=False)
    if failed:
        pytest.xfail(f"{{requirement}} gates nothing: {{reasons}}")
    silent = [verdict for _, verdict in told if verdict.state != "pass"]
    if silent:
        pytest.skip(f"{{requirement}}: {{silent[0].reason}}")
'''


def files(material: Material) -> Files:
    """The tests, and what stands beside them."""
    losses = tuple(losses_of(material, TOOL))
    tests = _TESTS.format(mark=MARK, load=LOAD.format(name=material.name), name=material.name)
    around = beside(material, TOOL, ("pytest>=7",), _HOW.format(name=material.name), losses)
    return Files({f"test_{material.name}.py": tests, **around}, losses)
