"""The end of `checks.py`: what a suite is asked, and where its answers come from. It is Python that no module here runs.

Invariant: needs the definitions that stand above it in that file (`CARRIED`, `CASES`, `PROMPT`) and the standard library.
"""

from typing import Final

IMPORTS: Final = (
    "asyncio",
    "functools",
    "json",
    "importlib",
    "importlib.util",
    "inspect",
    "os",
    "pathlib",
    "sys",
    "threading",
)

TAKEN: Final = frozenset(
    (
        "CHECKS",
        "GRADINGS",
        "SITTINGS",
        "NAMES",
        "CARRIED",
        "PROMPT",
        "CASES",
        "Judged",
        "request",
        "answers",
        "_asked",
        "_answers_file",
        "_recorded",
    )
)
"""The names that the file has besides those of its modules."""

RUNTIME: Final = '''\
class Judged(SimpleNamespace):
    """An answer to a case with its verdicts: `case`, `model`, `sample`, `text`, the whole `record`, its `base`, and `verdicts`."""

    def verdict(self, requirement):
        """What `requirement` says of it, or None where it does not speak on it."""
        return next((one for one in self.verdicts if one.requirement == requirement), None)


_LOCK = threading.Lock()


def request(case):
    """What is asked in `case`: the system prompt, the messages, and what its simulated tools answer."""
    one = CASES[CARRIED.case(case)]
    system = "".join(part if isinstance(part, str) else one["context"][part[0]] for part in PROMPT)
    messages = [dict(message) for message in one["messages"]]
    return {"case": case, "system": system, "messages": messages, "tools": one["tools"], "context": one["context"]}


def answers(case):
    """The answers to `case`, each judged: those that were recorded, or the one that the subject gives now.

    The subject is a function of yours, named by SPECC_SUBJECT=module:function; it takes what `request` returns and gives a text, or
    a record as `specc score` reads it (`text`, `messages`, `measured`). Without one, SPECC_ANSWERS names the file of recorded answers.
    """
    if os.environ.get("SPECC_SUBJECT"):
        answer, other = _asked(case), CARRIED.base(case)
        base = _asked(other) if other else None
        text, verdicts = CARRIED.text(answer), CARRIED.judge(case, answer, base)
        return [Judged(case=case, model="", sample=0, text=text, record=answer, base=base, verdicts=verdicts)]
    with _LOCK:  # some tools ask in many threads at once, and a file is read once
        told = _recorded(_answers_file())
    return [one for one in told if one.case == case]


@functools.lru_cache(maxsize=None)
def _asked(case):
    module, _, name = os.environ["SPECC_SUBJECT"].partition(":")
    if os.getcwd() not in sys.path:
        sys.path.insert(0, os.getcwd())
    answer = getattr(importlib.import_module(module), name)(request(case))
    return asyncio.run(answer) if inspect.iscoroutine(answer) else answer


def _answers_file():
    named = os.environ.get("SPECC_ANSWERS")
    path = pathlib.Path(named) if named else pathlib.Path(__file__).with_name("answers.jsonl")
    if not path.exists():
        sys.exit(
            f"there is no {path}: record answers there as `specc score` reads them, "
            "or name a function that gives them: SPECC_SUBJECT=module:function"
        )
    return path


@functools.lru_cache(maxsize=None)
def _recorded(path):
    lines = path.read_bytes().splitlines()
    told = list(CARRIED.recorded(lines))
    raw = {one.record.line: json.loads(lines[one.record.line - 1]) for one in told}
    places = {(one.case, one.record.model, one.record.sample): raw[one.record.line] for one in told}
    found = []
    for one in told:
        record = one.record
        other = CARRIED.base(one.case)
        found.append(
            Judged(
                case=one.case,
                model=record.model,
                sample=record.sample,
                text=record.answer.text,
                record=raw[record.line],
                base=places.get((other, record.model, record.sample)) if other else None,
                verdicts=one.verdicts,
            )
        )
    return tuple(found)
'''
