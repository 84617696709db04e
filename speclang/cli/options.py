"""Options that several commands share, in the same words everywhere."""

import argparse
from pathlib import Path
from typing import TypedDict

FORMATS = ("human", "json", "sarif", "github", "junit")


def add_format(parser: argparse.ArgumentParser, *more: str) -> None:
    """`--format`, for commands that report findings; `more` are those of a command that can show something else, too."""
    parser.add_argument(
        "--format",
        choices=(*FORMATS, *more),
        default="human",
        help="how findings are written to standard output (default: human)",
    )


def add_form(parser: argparse.ArgumentParser, *more: str, what: str = "the answer") -> None:
    """`--format`, for commands that tell something else than findings: in words, as data, or in the forms of `more`."""
    parser.add_argument(
        "--format",
        choices=("human", "json", *more),
        default="human",
        help=f"how {what} is written to standard output (default: human)",
    )


def add_json(parser: argparse.ArgumentParser) -> None:
    """`--json`, which scripts may still use for `--format json`."""
    parser.add_argument("--json", dest="format", action="store_const", const="json", help=argparse.SUPPRESS)


def add_project(parser: argparse.ArgumentParser) -> None:
    """`--project`, the folder in which to look for the project."""
    parser.add_argument(
        "--project",
        type=Path,
        default=Path(),
        metavar="DIR",
        help="the project's folder, or one inside it (default: here)",
    )


def add_budget(parser: argparse.ArgumentParser, *, of: str = "") -> None:
    """`--max-cost` and `--max-tokens`, for commands that ask somebody; `of` says which part of a command they are for."""
    lead = f"{of}: " if of else ""
    parser.add_argument("--max-cost", type=amount, metavar="AMOUNT", help=f"{lead}ask no more once this much is spent")
    parser.add_argument("--max-tokens", type=count, metavar="N", help=f"{lead}ask no more once so many tokens are used")


def add_sending(parser: argparse.ArgumentParser) -> None:
    """What commands that run cases share: which stored answers stand, who is asked, how much is spent and how many at a time."""
    parser.add_argument(
        "--resume", action="store_true", help="let every answer that is stored stand, an application's too"
    )
    parser.add_argument("--offline", action="store_true", help="send nothing: use what the store holds")
    parser.add_argument("--afresh", action="store_true", help="ask everything again, whatever is stored")
    parser.add_argument(
        "--no-judge",
        action="store_true",
        help="ask no judge, whatever the settings say: what no code can tell is left open",
    )
    add_budget(parser)
    add_concurrency(parser)


class Sent(TypedDict):
    """What `add_sending` has declared, as a wish takes it."""

    resume: bool
    afresh: bool
    offline: bool
    max_cost: float | None
    max_tokens: int | None
    concurrency: int
    judge: bool


def sent(args: argparse.Namespace) -> Sent:
    """What was typed of the options of `add_sending`."""
    return Sent(
        resume=args.resume,
        afresh=args.afresh,
        offline=args.offline,
        max_cost=args.max_cost,
        max_tokens=args.max_tokens,
        concurrency=args.concurrency,
        judge=not args.no_judge,
    )


def add_concurrency(parser: argparse.ArgumentParser) -> None:
    """`--concurrency`, for commands that ask a target."""
    parser.add_argument(
        "--concurrency", type=count, default=0, metavar="N", help="for how many answers to wait at a time"
    )


def add_steady(parser: argparse.ArgumentParser) -> None:
    """`--steady`, for commands that ask the same often, to tell a difference from chance."""
    parser.add_argument(
        "--steady", action="store_true", help="the target answers the same each time: one answer that fails decides"
    )


def count(text: str) -> int:
    """A number from 1, as an option takes it."""
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= 10**12:
        raise argparse.ArgumentTypeError(f"`{text}` is no number from 1")
    return int(text)


def amount(text: str) -> float:
    """An amount of money, as an option takes it."""
    try:
        found = float(text)
    except ValueError:
        found = -1.0
    if not 0 < found < 1e12:
        raise argparse.ArgumentTypeError(f"`{text}` is no amount of money, as 2.50")
    return found
