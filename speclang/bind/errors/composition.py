"""The wording of E04: how files, policies and requirements are put together."""

from collections.abc import Sequence

from ...diagnostics.code import Code
from ...diagnostics.diagnostic import Diagnostic, Edit, Fix, Label
from ...diagnostics.diagnostic import written as rename
from ...source.span import Span
from ...source.suggest import certain, nearest
from .names import listed

FILE_MISSING = Code("E0401", "Used file not found")
USE_CYCLE = Code("E0402", "Files use each other in a circle")
OUTSIDE_ROOT = Code("E0403", "Path leaves the project")
TOO_DEEP = Code("E0404", "Files use each other too deeply")
OVER_ITSELF = Code("E0405", "Requirement over itself")
OVER_CYCLE = Code("E0406", "Requirements over each other in a circle")
OVER_RETIRED = Code("E0407", "Requirement over a retired one")
INCLUDE_CYCLE = Code("E0408", "Policies include each other in a circle")
USED_TWICE = Code("E0409", "File or policy named twice")
PATH_OF_TWO = Code("E0410", "Path of more than one file")
ARGUMENT_MISSING = Code("E0411", "Policy included without an argument")
UNKNOWN_PARAMETER = Code("E0412", "Argument that the policy does not take")
PARAMETER_TYPE = Code("E0413", "Type that no parameter can have")
TWO_ARGUMENTS = Code("E0414", "Policy included with different arguments")
NO_REASON = Code("E0415", "Policy changed without a reason")
NOT_INCLUDED = Code("E0416", "Requirement of no included policy")
CHANGED_TWICE = Code("E0417", "Requirement of a policy changed twice")
OVER_CHANGED = Code("E0418", "Requirement over one that is left out")


def file_missing(path: str, folder: str, span: Span, near: str | None) -> Diagnostic:
    """`use` names a file that is not among the sources; `near` is the path to write instead."""
    return Diagnostic(
        code=FILE_MISSING,
        title=f"There is no file `{path}`",
        primary=Label(span, f"`{near}` is there" if near else "not found"),
        notes=(
            f"looked in `{folder}` and in the folders above it" if folder else "looked in the folder of the project",
        ),
        fix=Fix(f'write `"{near}"`', (Edit(span, f'"{near}"'),)) if near else None,
    )


def path_of_two(path: str, files: Sequence[str], better: str, span: Span) -> Diagnostic:
    """`use` names a file that lies below more than one folder."""
    exact = better if better.startswith("../") else f"./{better}"
    return Diagnostic(
        code=PATH_OF_TWO,
        title=f"`{path}` can be {len(files)} files",
        primary=Label(span, "which one is not said"),
        notes=(f"found as {listed(files)}",),
        fix=Fix(f'write `"{exact}"` for the nearest', (Edit(span, f'"{exact}"'),)),
    )


def use_cycle(files: Sequence[str], span: Span, others: Sequence[Span]) -> Diagnostic:
    """`files` use each other, the last one the first."""
    own = len(files) == 1
    return Diagnostic(
        code=USE_CYCLE,
        title=f"`{files[0]}` uses itself" if own else f"These {len(files)} files use each other in a circle",
        primary=Label(span, "starts here" if not own else ""),
        labels=tuple(Label(other, "goes on here") for other in others),
        notes=() if own else (" → ".join(f"`{file}`" for file in (*files, files[0])),),
        fix=Fix("remove this `use`" if own else "move what they share into a file of its own and use that"),
    )


def outside_root(path: str, span: Span) -> Diagnostic:
    """`path` climbs out of the project or is absolute."""
    return Diagnostic(
        code=OUTSIDE_ROOT,
        title=f"`{path}` is outside the project",
        primary=Label(span, "leaves the project's folder"),
        notes=("a spec is built from files of its own project only, so that every machine builds the same",),
        fix=Fix("copy the file into the project and use the copy"),
    )


def too_deep(path: str, span: Span, limit: int) -> Diagnostic:
    """A chain of `use` is longer than `limit`."""
    return Diagnostic(
        code=TOO_DEEP,
        title=f"`{path}` is more than {limit} files deep",
        primary=Label(span, "the chain of `use` ends here"),
        fix=Fix("use the file directly where it is needed"),
    )


def over_itself(id: str, span: Span) -> Diagnostic:
    """A requirement is `over` itself."""
    return Diagnostic(
        code=OVER_ITSELF,
        title=f"`{id}` can't be over itself",
        primary=Label(span, "names the requirement that it stands in"),
        fix=Fix("name the requirement that it beats, or remove `over`"),
    )


def over_cycle(ids: Sequence[str], span: Span, others: Sequence[Span]) -> Diagnostic:
    """`ids` are each over the next, and the last over the first."""
    return Diagnostic(
        code=OVER_CYCLE,
        title=f"These {len(ids)} requirements are over each other in a circle",
        primary=Label(span, f"`{ids[0]}` is over `{ids[1 % len(ids)]}`"),
        labels=tuple(
            Label(other, f"`{one}` is over `{ids[(at + 2) % len(ids)]}`")
            for at, (one, other) in enumerate(zip(ids[1:], others, strict=True))
        ),
        notes=("where all of them apply, each would be beaten and none would decide",),
        fix=Fix("remove one `over`"),
    )


def over_retired(id: str, span: Span, retired: Span) -> Diagnostic:
    """`over` names a retired requirement."""
    return Diagnostic(
        code=OVER_RETIRED,
        title=f"`{id}` is retired, so nothing can be over it",
        primary=Label(span, "names a retired requirement"),
        labels=(Label(retired, "retired here"),),
        fix=Fix(f"remove `over {id}`"),
    )


def include_cycle(policies: Sequence[str], span: Span, others: Sequence[Span]) -> Diagnostic:
    """`policies` include each other, the last one the first."""
    own = len(policies) == 1
    return Diagnostic(
        code=INCLUDE_CYCLE,
        title=f"Policy `{policies[0]}` includes itself"
        if own
        else f"These {len(policies)} policies include each other in a circle",
        primary=Label(span, "starts here" if not own else ""),
        labels=tuple(Label(other, "goes on here") for other in others),
        notes=() if own else (" → ".join(f"`{name}`" for name in (*policies, policies[0])),),
        fix=Fix("remove this `include`" if own else "move what they share into a policy of its own"),
    )


def used_twice(what: str, name: str, span: Span, first: Span) -> Diagnostic:
    """The same file is used, or the same policy included, twice in one place."""
    return Diagnostic(
        code=USED_TWICE,
        title=f"The {what} `{name}` is named twice",
        primary=Label(span, "named again here"),
        labels=(Label(first, "first named here"),),
        fix=Fix("remove one of them", ()),
    )


def argument_missing(name: str, policy: str, is_a: str, span: Span, declared: Span) -> Diagnostic:
    """`policy` is included without a value for its parameter `name`."""
    return Diagnostic(
        code=ARGUMENT_MISSING,
        title=f"`{policy}` needs a value for `{name}`",
        primary=Label(span, f"`{name}` is {is_a}"),
        labels=(Label(declared, "declared here, without a default"),),
        fix=Fix(f"write `include {policy}({name}: …)`"),
    )


def unknown_parameter(name: str, policy: str, span: Span, known: Sequence[str]) -> Diagnostic:
    """`policy` has no parameter `name`."""
    near = nearest(name, known)
    has = f"`{policy}` takes {listed(known)}" if known else f"`{policy}` takes no arguments"
    return Diagnostic(
        code=UNKNOWN_PARAMETER,
        title=f"`{policy}` has no parameter `{name}`",
        primary=Label(span, f"`{near}` has a similar name" if near else "not a parameter of the policy"),
        notes=(has,),
        fix=rename(span, near, safe=certain(name, known)) or Fix("remove it"),
    )


def parameter_type(name: str, is_a: str, span: Span) -> Diagnostic:
    """A parameter is a list, a record or optional."""
    return Diagnostic(
        code=PARAMETER_TYPE,
        title=f"The parameter `{name}` can't be {is_a}",
        primary=Label(span, "can't be written into a text or a condition"),
        notes=("a parameter is yes or no, one of several words, a number, a date or a text",),
        fix=Fix("write a plain type, as `text` or `days`"),
    )


def two_arguments(policy: str, span: Span, first: Span) -> Diagnostic:
    """Two includes of one feature give `policy` different arguments."""
    return Diagnostic(
        code=TWO_ARGUMENTS,
        title=f"`{policy}` is included with different arguments",
        primary=Label(span, "other arguments here"),
        labels=(Label(first, "first included here"),),
        notes=("a requirement of a policy can say only one thing in a feature",),
        fix=Fix("give both the same arguments, or include the policy once"),
    )


def no_reason(word: str, id: str, span: Span, example: str) -> Diagnostic:
    """A requirement of a policy is replaced or dropped, and nobody says why."""
    return Diagnostic(
        code=NO_REASON,
        title=f"`{word} {id}` needs a reason",
        primary=Label(span, "changes a policy"),
        notes=("who owns the policy will ask why this feature departs from it",),
        fix=Fix(f"write `{example}`"),
    )


def not_included(word: str, id: str, span: Span, own: Span | None, known: Sequence[str]) -> Diagnostic:
    """`word` (`replaces`, `drop`) names a requirement that no included policy states."""
    near = nearest(id, known)
    return Diagnostic(
        code=NOT_INCLUDED,
        title=f"No included policy states `{id}`",
        primary=Label(span, f"`{near}` has a similar name" if near else "not a requirement of an included policy"),
        labels=(Label(own, "stated here: change it in place"),) if own else (),
        notes=() if near or not known else (f"included here: {listed(known)}",),
        fix=rename(span, near, safe=certain(id, known)) or Fix(f"remove `{word} {id}`"),
    )


def changed_twice(id: str, span: Span, first: Span) -> Diagnostic:
    """A requirement of a policy is replaced or dropped a second time."""
    return Diagnostic(
        code=CHANGED_TWICE,
        title=f"`{id}` is replaced or dropped twice",
        primary=Label(span, "again here"),
        labels=(Label(first, "first here"),),
        fix=Fix("keep one of them"),
    )


def over_changed(id: str, by: str, span: Span, changed: Span) -> Diagnostic:
    """`over` names a requirement that this feature has replaced (`by` its ID) or dropped (`by` is "")."""
    return Diagnostic(
        code=OVER_CHANGED,
        title=f"`{id}` is replaced by `{by}` here" if by else f"`{id}` is dropped here",
        primary=Label(span, "not part of this feature any more"),
        labels=(Label(changed, "replaced here" if by else "dropped here"),),
        fix=rename(span, by) if by else Fix(f"remove `over {id}`"),
    )
