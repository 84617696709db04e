"""Tests for DeepEval: a test case for each answer, a metric for each requirement that speaks on it."""

from ..beside import LOAD, beside, losses_of
from ..checks import MARK
from ..material import Files, Material

WRITES = "tests for DeepEval, with a metric for each requirement"
TOOL = "DeepEval"
GRADES = True

_HOW = """\
```sh
pip install -r requirements.txt
export DEEPEVAL_TELEMETRY_OPT_OUT=YES                               # if you want it to tell nobody
SPECC_ANSWERS=answers.jsonl deepeval test run test_{name}.py       # tests answers that were recorded, as `specc score` reads them
SPECC_SUBJECT=module:function deepeval test run test_{name}.py     # or asks a function of yours
```

A metric is named after its requirement; one that gates nothing has the threshold 0. Where no code can tell, there is no metric.
"""

_TESTS = '''\
{mark}: change the spec and export again; what is edited here is not kept.
"""The cases of the feature `{name}` for DeepEval."""

{load}
import pytest
from deepeval import assert_test
from deepeval.metrics import BaseMetric
from deepeval.test_case import LLMTestCase

GATES = {{one.requirement for one in checks.GRADINGS if one.gates}}


class Requirement(BaseMetric):
    """What one requirement says of an answer: 1 or 0."""

    def __init__(self, requirement):
        self.requirement = requirement
        self.threshold = 1 if requirement in GATES else 0
        self.async_mode = False
        self.strict_mode = False
        self.evaluation_model = None
        self.evaluation_cost = None

    def measure(self, test_case, *args, **kwargs):
        verdict = test_case.metadata["answer"].verdict(self.requirement)
        self.score = 1 if verdict.state == "pass" else 0
        self.reason = verdict.reason
        self.success = self.score >= self.threshold
        return self.score

    async def a_measure(self, test_case, *args, **kwargs):
        return self.measure(test_case)

    def is_successful(self):
        return self.success

    @property
    def __name__(self):
        return self.requirement


def test_case_of(case, answer):
    """One answer as DeepEval sees it, with the requirements of which code tells anything."""
    said = "\\n".join(one["content"] for one in checks.CASES[case]["turns"] if one["role"] == "user")
    made = LLMTestCase(input=said, actual_output=answer.text, name=case, metadata={{"answer": answer}})
    told = [one.requirement for one in answer.verdicts if one.state in ("pass", "fail")]
    return made, [Requirement(one) for one in told]


@pytest.mark.parametrize("case", list(checks.CASES))
def test_case_is_met(case):
    answers = checks.answers(case)
    if not answers:
        pytest.skip(f"no answer to {{case}} is recorded")
    told = [test_case_of(case, answer) for answer in answers]
    if not any(metrics for _, metrics in told):
        pytest.skip("no code can tell")
    failed = []
    for made, metrics in told:
        try:
            if metrics:
                assert_test(made, metrics, run_async=False)
        except AssertionError as problem:  # a further answer is tested all the same
            failed.append(str(problem))
    assert not failed, "\\n".join(failed)
'''


def files(material: Material) -> Files:
    """The tests, and what stands beside them."""
    losses = tuple(losses_of(material, TOOL))
    tests = _TESTS.format(mark=MARK, name=material.name, load=LOAD.format(name=material.name))
    around = beside(material, TOOL, ("deepeval>=4",), _HOW.format(name=material.name), losses)
    return Files({f"test_{material.name}.py": tests, **around}, losses)
