"""A dataset for pydantic-evals: a case for each case, with an evaluator for each requirement that speaks on it."""

from collections.abc import Iterator

from ...source.quoting import quoted
from ..beside import LOAD, beside, losses_of
from ..checks import MARK
from ..material import Files, Loss, Material

WRITES = "a dataset for pydantic-evals, with an evaluator for each requirement"
TOOL = "pydantic-evals"
GRADES = True

_HOW = """\
```sh
pip install -r requirements.txt
SPECC_ANSWERS=answers.jsonl python evaluate.py         # evaluates answers that were recorded, as `specc score` reads them
SPECC_SUBJECT=module:function python evaluate.py       # or asks a function of yours
```

In a program: `from evaluate import dataset, answer`, then `dataset().evaluate_sync(answer)`. An assertion is named after its
requirement; where no code can tell, there is none. `python evaluate.py` ends with 1 where a requirement that gates is not met.
"""

_EVALUATE = '''\
{mark}: change the spec and export again; what is edited here is not kept.
"""The cases of the feature `{name}` for pydantic-evals."""

from collections import Counter
from dataclasses import dataclass

{load}
from pydantic_evals import Dataset
from pydantic_evals.evaluators import EvaluationReason, Evaluator, EvaluatorContext


@dataclass
class Requirement(Evaluator):
    """What one requirement says of an answer; nothing where no code can tell."""

    requirement: str

    def get_default_evaluation_name(self):
        return self.requirement

    def evaluate(self, ctx: EvaluatorContext):
        verdict = ctx.output.verdict(self.requirement)
        if verdict is None or verdict.state not in ("pass", "fail"):
            return {{}}
        return {{self.requirement: EvaluationReason(value=verdict.state == "pass", reason=verdict.reason)}}


_taken = Counter()


def answer(inputs):
    """The answer to a case, recorded or given now; asked again, as `repeat` does, the next that is recorded."""
    found = checks.answers(inputs["case"])
    if not found:
        raise LookupError(f"no answer to {{inputs['case']}} is recorded")
    _taken[inputs["case"]] += 1
    return found[(_taken[inputs["case"]] - 1) % len(found)]


def dataset():
    """The cases, each with the requirements that speak on it."""
    path = Path(__file__).resolve().with_name("{name}.yaml")
    return Dataset.from_file(path, custom_evaluator_types=[Requirement])


def main():
    report = dataset().evaluate_sync(answer, progress=False)
    report.print(include_reasons=True)
    gates = {{one.requirement for one in checks.GRADINGS if one.gates}}
    failed = {{name for case in report.cases for name, said in case.assertions.items() if not said.value and name in gates}}
    errors = [one.error_message for case in report.cases for one in case.evaluator_failures]
    print("".join(f"can't be told: {{one}}\\n" for one in dict.fromkeys(errors)), end="")
    print("not met: " + ", ".join(sorted(failed)) if failed else "all that gates is met" if not errors else "")
    sys.exit(1 if failed or errors or report.failures else 0)


if __name__ == "__main__":
    main()
'''


def files(material: Material) -> Files:
    """The dataset, the evaluator, and what stands beside them."""
    losses = (*losses_of(material, TOOL), *_own(material))
    evaluate = _EVALUATE.format(mark=MARK, name=material.name, load=LOAD.format(name=material.name))
    around = beside(material, TOOL, ("pydantic-evals>=2",), _HOW, losses)
    return Files({f"{material.name}.yaml": "".join(_dataset(material)), "evaluate.py": evaluate, **around}, losses)


def _dataset(material: Material) -> Iterator[str]:
    yield f"{MARK}: change the spec and export again.\nname: {quoted(material.name)}\ncases:\n"
    for case in material.cases:
        yield f"- name: {quoted(case.id)}\n  inputs:\n    case: {quoted(case.id)}\n"
        yield f"    said: [{', '.join(quoted(one.text) for one in case.turns if one.role == 'user')}]\n"
        yield f"  metadata:\n    requirement: {quoted(case.requirement)}\n    why: {quoted(case.why)}\n"
        judged = [one for one in material.judged[case.id] if one in material.told]
        yield "  evaluators:\n" if judged else "  evaluators: []\n"
        yield from (f"  - Requirement: {quoted(one)}\n" for one in judged)


def _own(material: Material) -> list[Loss]:
    softer = sorted(material.told - material.gates)
    if not softer:
        return []
    return [
        Loss(
            f"`{one}`",
            "it gates nothing, and pydantic-evals shows it as any other assertion",
            "read it as advice; `python evaluate.py` ends with 1 only for what gates",
            one,
        )
        for one in softer
    ]
