"""Writes the graph in one of the forms that other tools read."""

from importlib import import_module

from .elements import Trace

FORMATS = ("json", "graphml", "dot", "mermaid", "csv", "reqif")


def drawn(trace: Trace, form: str) -> str:
    """The text of the graph in the form `form`, one of `FORMATS`; the same graph gives the same text."""
    module = import_module(f".formats.{form}", __package__)
    return str(module.text(trace))
