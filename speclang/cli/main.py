"""The table of commands, and nothing else at start-up.

In: the arguments of the process. Out: its exit code: 0 fine, 1 findings, 2 usage or input and output.
Invariant: a command's module is imported only when it is called; an error of ours never shows a bare traceback.
"""

import os
import sys

from ..version import VERSION

FINE, FINDINGS, USAGE = 0, 1, 2

STUB_FINE = 3
"""The exit code in place of 0 where the obedient stub answered: nobody takes it for a model."""

STOPPED = 130
"""The exit code where somebody pressed Ctrl-C, as shells have it."""

COMMANDS = {
    "init": "make a project that builds and checks at once",
    "import": "make a draft of a spec from the files of another tool",
    "build": "compile the specs into prompts, cases, trace and lock",
    "check": "tell whether specs, prompts and cases still say the same",
    "watch": "keep prompts and cases built while specs are edited",
    "absorb": "take hand edits of prompts back into the specs",
    "review": "read again what was written by hand, where its meaning has moved",
    "accept": "let a finding stand as it is, with a reason, until a day",
    "diff": "tell what a change of the specs means",
    "merge": "have git build generated files where it would join their lines",
    "fmt": "format .spec files",
    "trace": "follow a requirement to its clause and cases, or back",
    "type": "propose kinds for requirements in prose",
    "cost": "show how many tokens each requirement adds to a prompt",
    "eval": "run the cases on a model, and grade the answers",
    "score": "grade recorded answers by what the specs require",
    "judge": "hold the judge of what no code can tell against people",
    "gate": "hold a run against the baseline that was committed",
    "report": "show what runs say of the specs, as a page or a comment",
    "export": "write prompt, cases and checks for another tool",
    "mutate": "change one clause at a time, and see whether the cases notice",
    "cases": "find cases that show no more than others do",
    "stress": "write cases as other users would, and see where answers break",
    "compare": "tell what two runs differ in beyond chance, and where they part",
    "bisect": "find which difference between two runs made one of them fail",
    "triage": "tell which layer broke first where an answer fails",
    "drill": "make an application go to what it falls back on",
    "probe": "call the real tools, and tell which promise they break",
    "canary": "ask the same messages again, and tell when a provider moved",
    "latency": "show how long answers took, by hour and weekday",
    "serve": "edit specs in the browser, and see what becomes of them",
    "lsp": "serve an editor: findings and completion as you type",
    "explain": "explain a code, a kind, a red case, or what is asked of an input",
}
"""In the order in which they are needed: writing specs, running cases, finding what is wrong, watching what is in use, tools."""

_HELP = """\
usage: specc [--version] [--help] COMMAND …

Keeps an AI feature's spec, prompt and evals one thing.

commands:
{commands}

examples:
  specc init                      make a first project here
  specc build                     write generated/<feature>/prompt.md, cases.yaml, trace.json
  specc check --format github     for continuous integration
  specc trace REF-1               where a requirement went
  specc eval --target small       run the cases on a model, and grade its answers
  specc score answers.jsonl       how recorded answers meet each requirement
  specc explain E0201             what an error means

`specc COMMAND --help` tells more about one command.
"""


def main(argv: list[str] | None = None) -> int:
    """Run one command; without `argv`, the one that the process was started for."""
    if argv is not None:
        return _called(argv)
    code = _called(sys.argv[1:])
    import gc

    # The interpreter looks for cycles in all that is left before it ends, which took a fifth of the time of a short command.
    gc.freeze()
    return code


def _called(arguments: list[str]) -> int:
    """Run a command; what goes wrong becomes one line and an exit code."""
    try:
        _open_streams()
        code = _answer(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return _stopped("stopped", STOPPED)
    except BrokenPipeError:
        _leave_unwritten()
        return FINE
    except OSError as problem:
        _leave_unwritten()
        return _stopped(refused(problem))
    except Exception as bug:  # noqa: BLE001 - the last resort: a bug of ours is reported, not shown raw
        return _bug(arguments[0], bug)
    return code


def _answer(arguments: list[str]) -> int:
    """What the table itself can answer, or what the command says."""
    first, *rest = arguments or ["--help"]
    if first == "help" and rest and rest[0] in COMMANDS:
        return _run(rest[0], ["--help"])
    if first in ("-h", "--help", "help"):
        rows = "\n".join(f"  {name:<10}{summary}" for name, summary in COMMANDS.items())
        sys.stdout.write(_HELP.format(commands=rows))
        return FINE
    if first in ("-V", "--version"):
        sys.stdout.write(f"specc {VERSION}\n")
        return FINE
    if first not in COMMANDS:
        return _unknown(first)
    return _run(first, rest)


def _open_streams() -> None:
    """Let every text be written: what an encoding does not have is escaped, and a stream that is closed takes all and gives nothing."""
    from io import TextIOWrapper

    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - it lives as long as the process
        elif mode == "w" and isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _leave_unwritten() -> None:
    """Where our output can't be written any more, let what is left of it go nowhere when Python ends, and say nothing."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _stopped(why: str, code: int = USAGE) -> int:
    """Say in a line why the command did not end by itself."""
    sys.stderr.write(f"specc: {why}\n")
    return code


def _unknown(word: str) -> int:
    from ..source.suggest import nearest

    option = word.startswith("-")
    near = nearest(word, ("--help", "--version") if option else COMMANDS)
    hint = f"; did you mean `{near}`" if near else ""
    sys.stderr.write(
        f"specc: there is no {'option' if option else 'command'} `{word}`{hint}\nspecc --help lists the commands\n"
    )
    return USAGE


def _run(name: str, arguments: list[str]) -> int:
    """Run the command `name`."""
    import gc
    from importlib import import_module

    from .arguments import Misused, parsed
    from .console import Console

    # Python looks for cycles after every 700 objects: a tenth of the time of a short command, and importing makes none.
    gc.set_threshold(100_000, 10, 10)

    console = Console.of_process()
    module = import_module(f".commands.{name}", __package__)
    try:
        known = parsed(name, COMMANDS[name], module, arguments, console.width)
    except Misused as misuse:
        console.tell(f"specc: {misuse}\nspecc {name} --help lists the options")
        return USAGE
    except SystemExit:  # argparse has printed the help
        return FINE
    return int(module.run(known, console))


_REFUSALS = (
    (NotADirectoryError, "a file stands where a folder is expected"),
    (IsADirectoryError, "a folder stands where a file is expected"),
    (FileNotFoundError, "there is no such file"),
    (PermissionError, "permission denied"),
)


def refused(problem: OSError) -> str:
    """What the system did not let us do, and where, seen from here."""
    from pathlib import Path

    where = Path(str(problem.filename or ""))
    if where.is_relative_to(Path.cwd()):
        where = where.relative_to(Path.cwd())
    if isinstance(problem, FileNotFoundError) and problem.filename and not where.parent.exists():
        return f"{where.parent}: there is no such folder"
    why = problem.strerror or str(problem)
    if why == os.strerror(problem.errno or 0):  # else somebody has found words for it
        told = next((words for kind, words in _REFUSALS if isinstance(problem, kind)), why)
        why = f"{told[:1].lower()}{told[1:]}"
    return f"{where}: {why}" if problem.filename else why


def _bug(name: str, bug: Exception) -> int:
    """Say that this is our fault, and keep the details in a file for a report."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="specc-", suffix=".txt", delete=False, encoding="utf-8") as file:
        file.write(f"specc {VERSION}, Python {sys.version}\ncommand: {name}\n\n")
        file.write("".join(traceback.format_exception(bug)))
    said = f"this is a bug in specc, not in your files: {type(bug).__name__}: {bug}"
    return _stopped(f"{said}\nthe details are in {file.name}; please report it")
