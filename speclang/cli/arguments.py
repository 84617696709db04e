"""What stands behind a command on the command line.

In: what the command's file declares, and the words behind its name. Out: their values; where they are none, `Misused` says why, in the
voice of every other message. Invariant: no wording depends on the version of Python.
"""

import argparse
import re
from functools import partial
from types import ModuleType
from typing import NoReturn

_TOO_FEW = "the following arguments are required: "
_SAYS = (
    (re.compile(r"^expected (one argument|at least one argument)$"), "needs a value"),
    (re.compile(r"^ignored explicit argument .*$"), "takes no value"),
)
"""What argparse says of an argument, and what we say."""


class Misused(Exception):
    """The words behind a command are not those that it takes."""


class _Parser(argparse.ArgumentParser):
    """A parser that raises `Misused` where argparse would print its own usage and end the process."""

    def error(self, message: str) -> NoReturn:
        if message.startswith(_TOO_FEW):
            raise Misused(f"`{self.prog.split()[-1]}` needs {message.removeprefix(_TOO_FEW)}")
        name, colon, said = message.removeprefix("argument ").partition(": ")
        if not colon:
            raise Misused(message)
        for pattern, ours in _SAYS:
            if pattern.match(said):
                raise Misused(f"`{name}` {ours}")
        raise Misused(f"`{name}`: {said}")

    def _check_value(self, action: argparse.Action, value: object) -> None:
        if action.choices is None or value in action.choices:
            return
        from ..source.suggest import nearest

        choices = [str(one) for one in action.choices]
        near = nearest(str(value), choices)
        hint = f"did you mean `{near}`" if near else f"there are {', '.join(choices)}"
        raise argparse.ArgumentError(action, f"there is no `{value}`; {hint}")


def parsed(name: str, summary: str, module: ModuleType, words: list[str], width: int) -> argparse.Namespace:
    """The values of `words`, as the command `name` declares them in its `module`."""
    parser = _Parser(
        prog=f"specc {name}",
        description=f"{summary[0].upper()}{summary[1:]}.",
        epilog=module.EXAMPLES,
        formatter_class=partial(argparse.RawDescriptionHelpFormatter, width=width),  # looking it up loads `shutil`
        allow_abbrev=False,
    )
    module.arguments(parser)
    known, beyond = parser.parse_known_args(words)
    if beyond and not beyond[0].startswith("-"):
        # An optional word after an option counts only if all are read together.
        known, beyond = parser.parse_known_intermixed_args(words)
    if beyond:
        raise Misused(_beyond(name, beyond[0], parser))
    return known


def _beyond(name: str, word: str, parser: argparse.ArgumentParser) -> str:
    """What to say of an argument that the command does not take."""
    from ..source.suggest import nearest

    options = [option for action in parser._actions for option in action.option_strings]  # noqa: SLF001 - no other way
    if not word.startswith("-"):
        alone = all(action.option_strings for action in parser._actions)  # noqa: SLF001
        folder = f"; `--project {word}` names a project's folder" if alone else ""
        return f"`{name}` does not take `{word}`{folder}"
    near = nearest(word.partition("=")[0], options)
    return f"`{name}` has no option `{word}`" + (f"; did you mean `{near}`" if near else "")
