"""Options that several commands share, in the same words everywhere."""

import argparse
from pathlib import Path

FORMATS = ("human", "json", "sarif", "github", "junit")


def add_format(parser: argparse.ArgumentParser, *more: str) -> None:
    """`--format`, for commands that report findings; `more` are those of a command that can show something else, too."""
    parser.add_argument(
        "--format",
        choices=(*FORMATS, *more),
        default="human",
        help="how findings are written to standard output (default: human)",
    )


def add_project(parser: argparse.ArgumentParser) -> None:
    """`--project`, the folder in which to look for the project."""
    parser.add_argument(
        "--project",
        type=Path,
        default=Path(),
        metavar="DIR",
        help="the project's folder, or one inside it (default: here)",
    )
