"""The table of commands, and nothing else at start-up.

In: the arguments of the process. Out: its exit code: 0 fine, 1 findings, 2 usage or input and output.
Invariant: a command's module is imported only when it is called; an error of ours never shows a bare traceback.
"""

import sys
from typing import TYPE_CHECKING

from ..version import VERSION

if TYPE_CHECKING:
    import argparse
    from types import ModuleType

    from .console import Console

FINE, FINDINGS, USAGE = 0, 1, 2

STUB_FINE = 3
"""The exit code in place of 0 where the obedient stub answered: nobody takes it for a model."""

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
    "eval": "run the cases on a model, and grade the answers",
    "compare": "tell what two runs differ in beyond chance",
    "gate": "hold a run against the baseline that was committed",
    "judge": "hold the judge of what no code can tell against people",
    "score": "grade recorded answers by what the specs require",
    "export": "write prompt, cases and checks for another tool",
    "type": "propose kinds for requirements in prose",
    "cost": "show how many tokens each requirement adds to a prompt",
    "serve": "edit specs in the browser, and see what becomes of them",
    "lsp": "serve an editor: findings and completion as you type",
    "explain": "explain a code, a kind, a red case, or what is asked of an input",
}

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
    """Run one command; the entry point of `specc` and `python -m speclang`."""
    arguments = sys.argv[1:] if argv is None else argv
    first = arguments[0] if arguments else "--help"
    if first in ("-h", "--help", "help"):
        rows = "\n".join(f"  {name:<10}{summary}" for name, summary in COMMANDS.items())
        sys.stdout.write(_HELP.format(commands=rows))
        return FINE
    if first in ("-V", "--version"):
        sys.stdout.write(f"specc {VERSION}\n")
        return FINE
    if first not in COMMANDS:
        return _unknown(first)
    return _guarded(first, arguments[1:])


def _unknown(word: str) -> int:
    from ..source.suggest import nearest

    near = nearest(word, COMMANDS)
    hint = f"; did you mean `{near}`" if near else ""
    sys.stderr.write(f"specc: there is no command `{word}`{hint}\nspecc --help lists the commands\n")
    return USAGE


def _guarded(name: str, arguments: list[str]) -> int:
    """Run the command `name`; what goes wrong becomes one line and an exit code."""
    import gc

    from .console import Console

    # Python looks for cycles after every 700 objects: a tenth of the time of a short command, and importing makes none.
    gc.set_threshold(100_000, 10, 10)

    console = Console.of_process()
    try:
        code = _run(name, arguments, console)
        console.out.flush()
    except KeyboardInterrupt:
        console.tell("specc: stopped")
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return FINE
    except OSError as problem:
        console.tell(f"specc: {refused(problem)}")
        return USAGE
    except Exception as bug:  # noqa: BLE001 - the last resort: a bug of ours is reported, not shown raw
        return _bug(name, bug, console)
    return code


def _run(name: str, arguments: list[str], console: "Console") -> int:
    from importlib import import_module

    module = import_module(f".commands.{name}", __package__)
    parser = _parser(name, module, console.width)
    known, beyond = parser.parse_known_args(arguments)
    if beyond and not beyond[0].startswith(
        "-"
    ):  # an optional word after an option counts only if all are read together
        known, beyond = parser.parse_known_intermixed_args(arguments)
    if beyond:
        console.tell(f"specc: {_beyond(name, beyond[0], parser)}\nspecc {name} --help lists the options")
        return USAGE
    return int(module.run(known, console))


def _beyond(name: str, word: str, parser: "argparse.ArgumentParser") -> str:
    """What to say of an argument that the command does not take."""
    from ..source.suggest import nearest

    options = [option for action in parser._actions for option in action.option_strings]  # noqa: SLF001 - no other way
    if not word.startswith("-"):
        alone = all(action.option_strings for action in parser._actions)  # noqa: SLF001
        folder = f"; `--project {word}` names a project's folder" if alone else ""
        return f"`{name}` does not take `{word}`{folder}"
    near = nearest(word.partition("=")[0], options)
    return f"`{name}` has no option `{word}`" + (f"; did you mean `{near}`" if near else "")


_REFUSALS = (
    (NotADirectoryError, "a file stands where a folder is expected"),
    (IsADirectoryError, "a folder stands where a file is expected"),
    (PermissionError, "permission denied"),
)


def refused(problem: OSError) -> str:
    """What the system did not let us do, and where, seen from here."""
    import os
    from pathlib import Path

    where = Path(str(problem.filename or ""))
    if where.is_relative_to(Path.cwd()):
        where = where.relative_to(Path.cwd())
    why = problem.strerror or str(problem)
    if why == os.strerror(problem.errno or 0):  # else somebody has found words for it
        why = next((words for kind, words in _REFUSALS if isinstance(problem, kind)), why)
    return f"{where}: {why}" if problem.filename else why


def _parser(name: str, module: "ModuleType", width: int) -> "argparse.ArgumentParser":
    """The parser of one command: its summary from the table, the rest from its own file."""
    import argparse
    from functools import partial

    parser = argparse.ArgumentParser(
        prog=f"specc {name}",
        description=f"{COMMANDS[name][0].upper()}{COMMANDS[name][1:]}.",
        epilog=module.EXAMPLES,
        formatter_class=partial(argparse.RawDescriptionHelpFormatter, width=width),  # looking it up loads `shutil`
        allow_abbrev=False,
    )
    module.arguments(parser)
    return parser


def _bug(name: str, bug: Exception, console: "Console") -> int:
    """Say that this is our fault, and keep the details in a file for a report."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="specc-", suffix=".txt", delete=False, encoding="utf-8") as file:
        file.write(f"specc {VERSION}, Python {sys.version}\ncommand: {name}\n\n")
        file.write("".join(traceback.format_exception(bug)))
    console.tell(f"specc: this is a bug in specc, not in your files: {type(bug).__name__}: {bug}")
    console.tell(f"the details are in {file.name}; please report it")
    return USAGE
