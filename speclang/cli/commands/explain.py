"""`specc explain`: what a diagnostic means, or what a kind of requirement is for."""

import argparse

from ..console import Console
from ..main import FINE, USAGE

EXAMPLES = """\
examples:
  specc explain E0201        a diagnostic
  specc explain boundary     a kind of requirement
  specc explain              everything that can be explained
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("what", nargs="?", help="a code (E0201, boundary/needs-near-miss) or a kind (rule)")


def run(args: argparse.Namespace, console: Console) -> int:
    """Print the page."""
    from ...diagnostics import pages
    from ...kit import registry

    what: str | None = args.what
    if what is None:
        for code, title in pages.listing():
            console.say(f"{console.paint(code, 'bold')}  {title}")
        console.say(f"{console.paint('kinds', 'bold')}  {', '.join(registry.names(_foreign()))}")
        return FINE
    text = pages.find(what) or registry.describe(what)
    if text is None:
        # A code of somebody else's kind has no page of ours: the kind itself says what it wants.
        text = registry.describe(what.partition("/")[0], _foreign())
    if text is None:
        return _unknown(what, console)
    console.say(text.rstrip())
    return FINE


def _foreign() -> tuple[str, ...]:
    """The kinds of others that the project here uses, if there is a project."""
    from pathlib import Path

    from ...project import config

    try:
        return config.find(Path.cwd()).value.config.kinds
    except OSError:
        return ()


def _unknown(what: str, console: Console) -> int:
    from ...diagnostics import pages
    from ...kit import registry
    from ...source.suggest import nearest

    near = nearest(what, [*(code for code, _ in pages.listing()), *registry.names(_foreign())])
    hint = f"; did you mean `{near}`" if near else ""
    console.tell(f"specc: nothing is called `{what}`{hint}")
    console.tell("specc explain lists what can be explained")
    return USAGE
