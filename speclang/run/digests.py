"""What a verdict is bound to, as hashes: the case as it is played and judged, and the grader.

Invariant: two cases with one hash are played and judged alike; a reworded reason why a case exists changes nothing.
"""

from ..model.requirement import Level
from ..plan.case import Case
from ..plan.grader import Grader
from ..source.hashing import Json, canonical, digest
from .script import Script


def case_hash(script: Script, case: Case) -> str:
    """What is said to the target in `case`, what tools return, and what only this case settles for its graders."""
    uses: list[Json] = [[use.grader, [[name, value] for name, value in use.settings]] for use in case.uses]
    turns: list[Json] = [[turn.role, turn.text] for turn in script.turns]
    results: dict[str, Json] = {name: [text, seconds] for name, (text, seconds) in script.results.items()}
    return digest(canonical([turns, script.setting.get("context"), results, script.tools, uses, case.base]))


def grader_hash(grader: Grader) -> str:
    """The check with its parameters, and whether it gates."""
    settings: list[Json] = [[one.name, one.value] for one in grader.settings]
    gates = grader.gates and grader.level in (Level.MUST, Level.MUST_NOT)
    return digest(canonical([grader.check, settings, gates]))
