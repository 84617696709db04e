"""The wording of E096x: layouts that can't be used, prompts that take too much."""

from collections.abc import Sequence

from ..diagnostics.code import Code, Severity
from ..diagnostics.diagnostic import Diagnostic, Fix, Label
from ..source.span import Span, whole_file
from ..source.suggest import nearest
from ..source.text import LineIndex, SourceText

BAD_LAYOUT = Code("E0961", "Layout that can't be used")
ENDLESS_LAYOUT = Code("E0962", "Layout that does too much")
LEFT_OUT = Code("E0963", "Layout that leaves a clause out")
UNKNOWN_DIALECT = Code("E0964", "Unknown dialect")
NO_TOKENIZER = Code("E0966", "Tokenizer that can't be used")
OVER_BUDGET = Code("E0965", "Prompt over its budget", Severity.WARNING)

_MOST_NAMED = 5


def _line(layout: SourceText, number: int) -> Span:
    index = LineIndex(layout.text)
    if not 1 <= number <= index.count:
        return whole_file(layout.name)
    start = index.offset(number)
    return whole_file(layout.name, start, start + len(index.line(number)))


def bad_layout(layout: SourceText, line: int, problem: str) -> Diagnostic:
    """The template engine can't read or run the layout; `problem` is a clause in small letters."""
    return Diagnostic(
        code=BAD_LAYOUT,
        title=f"The layout `{layout.name}` can't be used: {problem}",
        primary=Label(_line(layout, line)),
        notes=("a layout is a Jinja2 template that sees `feature`, `sections`, `clause` and `rest`, and nothing else",),
    )


def endless_layout(layout: SourceText, line: int, limit: str) -> Diagnostic:
    """The layout goes over a limit that no honest layout comes near."""
    return Diagnostic(
        code=ENDLESS_LAYOUT,
        title=f"The layout `{layout.name}` does too much: {limit}",
        primary=Label(_line(layout, line)),
        notes=("work and output of a layout are bounded so that a build always ends",),
    )


def left_out(layout: SourceText, owners: Sequence[str]) -> Diagnostic:
    """The rendered prompt has no trace of some clauses."""
    named = ", ".join(f"`{owner}`" for owner in owners[:_MOST_NAMED])
    more = f" and {len(owners) - _MOST_NAMED} more" if len(owners) > _MOST_NAMED else ""
    return Diagnostic(
        code=LEFT_OUT,
        title=f"The layout `{layout.name}` does not show {named}{more}",
        primary=Label(whole_file(layout.name)),
        notes=("the cases would test what the model was never told",),
        fix=Fix(f'place it with `{{{{ clause["{owners[0]}"] }}}}`, or loop over `rest` and show the `text` of each'),
        requirement=owners[0],
    )


def unknown_dialect(name: str, known: Sequence[str], feature: str, span: Span) -> Diagnostic:
    """No built-in layout has this name."""
    near = nearest(name, known)
    listed = ", ".join(f"`{one}`" for one in known)
    return Diagnostic(
        code=UNKNOWN_DIALECT,
        title=f"There is no dialect `{name}`",
        primary=Label(span, f"`{feature}` is laid out with it"),
        notes=(f"built in are {listed}",),
        fix=Fix(f"write `{near or known[0]}`"),
    )


def over_budget(
    feature: str, at: Span, path: str, total: int, budget: int, tokenizer: str, dearest: Sequence[tuple[str, int]]
) -> Diagnostic:
    """A prompt takes more tokens than the settings allow; `dearest` are the owners that add most."""
    named = ", ".join(f"`{owner}` ({tokens:,})" for owner, tokens in dearest)
    return Diagnostic(
        code=OVER_BUDGET,
        title=f"`{path}` takes {total:,} tokens of {budget:,}",
        primary=Label(at, f"the prompt of `{feature}`, counted by `{tokenizer}`"),
        notes=(f"the dearest are {named}",) if named else (),
        fix=Fix(
            f"shorten it (`specc cost {feature}` shows what each requirement adds), or raise `budget` in the settings"
        ),
    )


def no_tokenizer(name: str, names: Sequence[str], at: Span, *, known: bool) -> Diagnostic:
    """The settings name a tokenizer that there is not, or that is not installed here."""
    near = nearest(name, names)
    return Diagnostic(
        code=NO_TOKENIZER,
        title=f"The tokenizer `{name}` is not installed" if known else f"There is no tokenizer `{name}`",
        primary=Label(at, "its prompt has a budget that nobody can count"),
        notes=() if known else (f"there are {', '.join(f'`{one}`' for one in names)}",),
        fix=Fix("run `pip install 'specc[cost]'`, or write `estimate`" if known else f"write `{near or names[0]}`"),
    )
