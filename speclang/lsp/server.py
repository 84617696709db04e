"""The editor server: messages on standard input, answers on standard output, and a line on standard error where something is amiss."""

import gc
import os
import sys
from importlib import import_module
from pkgutil import iter_modules

from . import features, log
from .answering import Server


def serve() -> bool:
    """Serve one editor until it goes; whether it took its leave first."""
    log.quiet()
    gc.disable()  # a walk over a million objects is felt by who types; `desk` has them cleared away while nobody does
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr  # what anybody prints must not come between the answers
    server = made()
    server.start_io(None, answers)
    server.desk.stop()
    return server.left


def made() -> Server:
    """A server with all that it can answer: every file of `features/`."""
    server = Server()
    for module in sorted(iter_modules(features.__path__), key=lambda one: one.name):
        import_module(f".features.{module.name}", __package__).register(server)
    return server
