"""`specc serve`: the playground, a page in the browser in which a spec becomes prompt and cases while it is typed."""

import argparse
import errno
import signal
from pathlib import Path
from typing import TYPE_CHECKING

from ..console import Console
from ..main import FINE, USAGE

if TYPE_CHECKING:
    from ...playground.shelf import Own

EXAMPLES = """\
examples:
  specc serve --playground                     edit the project here, or the examples that ship where there is none
  specc serve --playground --open              the same, and open it in the browser
  specc serve --playground --project specs/refunds.spec
                                               begin with this spec
  specc serve --playground --examples          the examples, whatever is here
  specc serve --playground --port 8377         at this port, instead of any that is free

Nothing is written until `Save` is pressed. Only this machine can reach the page, and only with the link that is printed.
Ctrl-C ends it.
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--playground", action="store_true", help="serve the playground; there is nothing else yet")
    parser.add_argument(
        "--project",
        type=Path,
        metavar="DIR|FILE",
        help="the project's folder, one inside it, or one of its specs (default: here)",
    )
    parser.add_argument("--examples", action="store_true", help="open the examples, not a project")
    parser.add_argument(
        "--port", type=_port, default=0, metavar="N", help="the port to listen at (default: any that is free)"
    )
    parser.add_argument("--open", action="store_true", help="open the page in the browser")


def _port(word: str) -> int:
    number = int(word) if word.isascii() and word.isdigit() else 0
    if not 0 < number < 65536:
        raise argparse.ArgumentTypeError(f"a port is a number from 1 to 65535, not `{word}`")
    return number


def run(args: argparse.Namespace, console: Console) -> int:
    """Serve until somebody ends it."""
    if not args.playground:
        console.tell("specc: say what to serve: `specc serve --playground`")
        return USAGE
    if args.examples and args.project is not None:
        console.tell("specc: `--examples` opens no project; leave out one of `--examples` and `--project`")
        return USAGE
    from tempfile import TemporaryDirectory

    from ...playground.server import HOST, Server
    from ...playground.shelf import Shelf

    own = None if args.examples else _own(args.project)
    with TemporaryDirectory(prefix="specc-", ignore_cleanup_errors=True) as folder:
        try:
            server = Server(Shelf(own, Path(folder)), args.port, lambda text: console.tell(f"specc serve: {text}"))
        except OSError as problem:
            console.tell(f"specc: {_no_port(problem, HOST, args.port)}")
            return USAGE
        with server:
            _serve(server.address, own, console, open=args.open)
            try:
                server.serve_forever()
            except KeyboardInterrupt:
                console.tell("the playground has ended")
    return FINE


def _serve(address: str, own: "Own | None", console: Console, *, open: bool) -> None:
    """Say where the page is, and how it ends."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    console.say(f"playground of {own.root.name if own else 'the examples'}: {console.paint(address, 'bold')}")
    console.out.flush()
    console.tell("only this machine can reach it, and only with this link; Ctrl-C ends it")
    if open:
        import webbrowser

        if not webbrowser.open(address):
            console.tell("no browser could be opened; the link works in any")


def _own(named: Path | None) -> "Own | None":
    """The project that is meant; None where there is none and none was named. Raises `NoProject` and `OSError`."""
    from ...playground.shelf import Own
    from ...project.config import NoProject, find
    from ...project.paths import relative

    start = named or Path()
    is_file = start.is_file()
    try:
        home = find(start.parent if is_file else start).value
    except NoProject:
        if named is None:
            return None
        raise
    name = relative(home.root, start) if is_file else ""
    if is_file and not (name.endswith(".spec") and name.startswith(f"{home.config.specs}/")):
        raise FileNotFoundError(
            errno.ENOENT, f"it is none of the project's specs, which lie in {home.config.specs}/", name
        )
    return Own(home.root, name)


def _no_port(problem: OSError, host: str, port: int) -> str:
    if problem.errno == errno.EADDRINUSE:
        return f"port {port} is taken by another program; choose another, or leave out `--port` for any that is free"
    if problem.errno == errno.EACCES:
        return f"port {port} is not for everybody: choose one above 1023, or leave out `--port`"
    return f"{host}:{port}: {problem.strerror or problem}"
