"""`specc build --dump STEP`: lets people look at a stage of the compilation."""

import argparse

from .console import Console
from .main import FINE, USAGE

STAGES = {"parse": "files", "bind": "program", "lower": "plan", "emit": "artifacts", "seal": "lock"}


def dump(args: argparse.Namespace, console: Console) -> int:
    """Compile and print the value of the step that was asked for; writes no file."""
    from ..engine.compiling import open_project
    from ..engine.dump import dump as as_json

    if args.dump not in STAGES:
        console.tell(f"specc: there is no step `{args.dump}`; the steps are {', '.join(STAGES)}")
        return USAGE
    compiled = open_project(args.project).compiled
    console.data(as_json(getattr(compiled, STAGES[args.dump])))
    return FINE
