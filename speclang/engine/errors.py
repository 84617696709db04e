"""The wording of E08xx: kinds of requirement that can't be used, or whose graders can't be trusted."""

from ..diagnostics.code import Code
from ..diagnostics.diagnostic import Diagnostic, Fix, Label
from ..project.keys import place
from ..source.span import whole_file
from ..source.text import SourceText

WRONG_GRADER = Code("E0801", "Grader that is wrong about its own samples")
BAD_SAMPLE = Code("E0802", "Sample that can't be judged")
NO_KIND = Code("E0803", "Kind that can't be loaded")


def wrong_grader(kind: str, file: str, grader: str, why: str, verdict: str, *, passes: bool) -> Diagnostic:
    """`grader` judges a sample of its kind otherwise than the sample says: it should pass, or fail, because of `why`."""
    should, does = ("pass", "fails it") if passes else ("fail", "passes it")
    return Diagnostic(
        code=WRONG_GRADER,
        title=f"A sample of the kind `{kind}` must {should}, but its grader `{grader}` {does}",
        primary=Label(whole_file(file), "the kind is defined here"),
        notes=(f"the sample shows: {why}", f"the verdict is: {verdict}"),
        fix=Fix("mend the check or the sample; until then, take the kind out of the specs"),
    )


def bad_sample(kind: str, file: str, grader: str, why: str, problem: str) -> Diagnostic:
    """A sample of `kind` proves nothing, because of `problem`."""
    return Diagnostic(
        code=BAD_SAMPLE,
        title=f"A sample of the kind `{kind}` can't be judged by `{grader}`",
        primary=Label(whole_file(file), problem),
        notes=(f"the sample shows: {why}",),
        fix=Fix("mend the sample or what it calls; until then, take the kind out of the specs"),
    )


def no_kind(settings: SourceText, path: tuple[str, ...], kind: str, why: str) -> Diagnostic:
    """A kind that the settings name, at the key `path`, can't be had."""
    return Diagnostic(
        code=NO_KIND,
        title=f"The kind `{kind}` can't be loaded",
        primary=Label(whole_file(settings.name, *place(settings.text, path)), "it is named here"),
        notes=(why,),
        fix=Fix(f"install the package that brings `{kind}`, or take it out of `kinds`"),
    )
