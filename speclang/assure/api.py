"""What Python programs call to run cases: the same as `specc eval`, with a function in place of a setting.

In: the folder of a project, and whom to ask. Out: an `Evaluated`, or an `Unfit` where the specs have errors.
Invariant: nothing is printed; a fault of a spec or an answer is never raised, it stands in `diagnostics`.
"""

import os
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from ..source.hashing import Json
from .evaluate import evaluate as evaluated
from .outcome import Evaluated, Unfit, Wish

Answers = Callable[[Mapping[str, Json]], "Json | Awaitable[Json]"]


def evaluate(
    folder: str | os.PathLike[str] = ".",
    *,
    answer: Answers | None = None,
    target: str = "",
    feature: str = "",
    case: str = "",
    repeat: int = 0,
    afresh: bool = False,
    judge: bool = True,
) -> Evaluated | Unfit:
    """Run the cases of the project on a target of its settings, or on the function `answer`, and grade the answers.

    `answer` is handed the request as a dictionary and returns a text or messages, as docs/running.md describes it. `case` is a glob of
    IDs; with a `repeat` of 0, each case is run as often as its requirement says. The `judge` of the settings is asked where no code can
    tell, if they name one. What is found is the same as `specc eval` prints:
    `passed` says whether all that must hold holds. Raises `Unusable` where nothing can be asked, `LookupError` where there is no such
    feature, `NoProject` and `OSError`.
    """
    wish = Wish(target=target, feature=feature, case=case, repeat=repeat, afresh=afresh, judge=judge)
    return evaluated(Path(folder), wish, function=answer)
