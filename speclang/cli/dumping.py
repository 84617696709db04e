"""`specc build --stop-after STEP --dump`: lets people look at a stage of the compilation."""

import argparse
import json

from .console import Console
from .main import USAGE

STAGES = {"parse": "files", "bind": "program", "lower": "plan", "emit": "artifacts", "seal": "lock"}


def dump(args: argparse.Namespace, console: Console) -> int:
    """Compile up to the step that was asked for and print its value; writes no file."""
    from ..engine.compiling import compile_project
    from ..engine.dump import dump as as_json
    from .findings import show

    step: str = args.stop_after or "seal"
    if step not in STAGES:
        console.tell(f"specc: there is no step `{step}`; the steps are {', '.join(STAGES)}")
        return USAGE
    result = compile_project(args.project)
    if args.dump:
        console.say(json.dumps(as_json(getattr(result.value, STAGES[step])), ensure_ascii=False, indent=1))
        return 0
    return show(result.diagnostics, result.value.places, args.format, console)
