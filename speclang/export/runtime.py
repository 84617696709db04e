"""The end of `checks.py`: what a suite is asked, and where its answers come from. It is Python that no module here runs.

Invariant: needs what stands above it in that file (`CARRIED`, `CASES`, `PROMPT`, `TOOLS`, `play`) and the standard library.
"""

from typing import Final

IMPORTS: Final = (
    "asyncio",
    "concurrent.futures",
    "functools",
    "json",
    "importlib",
    "importlib.util",
    "inspect",
    "os",
    "pathlib",
    "sys",
    "threading",
    "time",
)

TAKEN: Final = frozenset(
    (
        "CHECKS", "GRADINGS", "SITTINGS", "NAMES", "CARRIED", "FEATURE", "PROMPT", "TOOLS", "CASES", "JUDGE", "Judged", "script",
        "answers", "trust",
        "_LOCK", "_ROUNDS", "_asked", "_ask", "_subject", "_answers_file", "_recorded", *IMPORTS,
    )
)  # fmt: skip
"""The names that the file has besides those of its modules."""

RUNTIME: Final = '''\
class Judged(SimpleNamespace):
    """An answer to a case with its verdicts: `case`, `model`, `sample`, `text`, the whole `record`, its `base`, and `verdicts`."""

    @functools.cached_property
    def verdicts(self):
        """What the requirements say of it; a judge, where there is one, is asked when somebody wants to know."""
        return CARRIED.grade(self.case, self.record, self.base)

    def verdict(self, requirement):
        """What `requirement` says of it, or None where it does not speak on it."""
        told = self.verdicts if JUDGE is None else CARRIED.grade(self.case, self.record, self.base, requirement)
        return next((one for one in told if one.requirement == requirement), None)


_LOCK = threading.Lock()
_ROUNDS = 10


def script(case):
    """What is played in `case`: the prompt with its variables filled, what is said, and what the simulated tools give."""
    one = CASES[CARRIED.case(case)]
    system = "".join(part if isinstance(part, str) else one["context"][part[0]] for part in PROMPT)
    turns = tuple(SimpleNamespace(role=said["role"], text=said["content"]) for said in one["turns"])
    results = {name: (held["content"], held["seconds"]) for name, held in one["results"].items()}
    setting = {"context": one["context"], "results": one["results"]}
    return Script(FEATURE, case, system, turns, tuple(TOOLS), results, setting)


def answers(case):
    """The answers to `case`, each judged: those that were recorded, or the one that the subject gives now.

    The subject is a function of yours, named by SPECC_SUBJECT=module:function, as `specc eval` asks one (`use = "callable"`): it takes
    the conversation so far and says what comes next; the case's tools are answered as the case says. Without one, SPECC_ANSWERS names
    the file of recorded answers, by default `answers.jsonl` beside this file.
    """
    with _LOCK:  # some tools ask in many threads at once, and what was read or said once is not read or asked again
        if not os.environ.get("SPECC_SUBJECT"):
            return [one for one in _recorded(_answers_file()) if one.case == case]
        answer, other = _asked(case), CARRIED.base(case)
        base = _asked(other) if other else None
    return [Judged(case=case, model="", sample=0, text=CARRIED.text(answer), record=answer, base=base)]


def trust(requirement):
    """How far the judge of `requirement` was shown to agree with people when this was written; "" where it has none."""
    held = {} if JUDGE is None else JUDGE.trusts
    return "; ".join(held[one.id] for one in GRADINGS if one.requirement == requirement and one.id in held)


@functools.lru_cache(maxsize=None)
def _asked(case):
    """The conversation of `case` with the subject, in a thread of its own: some tools have a loop already in theirs."""
    with concurrent.futures.ThreadPoolExecutor(1) as alone:
        played = alone.submit(lambda: asyncio.run(play(script(case), _ask, 1, _ROUNDS))).result()
    return {"case": case, "messages": list(played.messages), "measured": dict(played.measured)}


async def _ask(request):
    started = time.monotonic()
    said = _subject()(request_data(request))
    said = await said if inspect.isawaitable(said) else said
    return reply_of(said, time.monotonic() - started, os.environ["SPECC_SUBJECT"])


@functools.lru_cache(maxsize=None)
def _subject():
    if os.getcwd() not in sys.path:
        sys.path.insert(0, os.getcwd())
    module, _, name = os.environ["SPECC_SUBJECT"].partition(":")
    return functools.reduce(getattr, name.split("."), importlib.import_module(module))


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
    read = list(CARRIED.recorded(lines))
    raw = {one.record.line: json.loads(lines[one.record.line - 1]) for one in read}
    places = {(one.case, one.record.model, one.record.sample): raw[one.record.line] for one in read}
    found = []
    for one in read:
        record = one.record
        other = CARRIED.base(one.case)
        told = {} if JUDGE is not None else {"verdicts": one.verdicts}
        found.append(
            Judged(
                case=one.case,
                model=record.model,
                sample=record.sample,
                text=record.answer.text,
                record=raw[record.line],
                base=places.get((other, record.model, record.sample)) if other else None,
                **told,
            )
        )
    return tuple(found)
'''
