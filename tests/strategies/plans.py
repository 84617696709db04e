"""Plans made by hand and by hypothesis: what lowering hands to emit, with texts of every kind."""

from dataclasses import replace

from hypothesis import strategies as st

from speclang.model.requirement import Level
from speclang.plan.case import Case, Expected, Input, Reply, Turn, Use
from speclang.plan.clause import Clause, Piece, Section
from speclang.plan.grader import Grader, Setting
from speclang.plan.obligation import Obligation
from speclang.plan.origin import Origin
from speclang.plan.plan import FeaturePlan
from speclang.source.hashing import Json
from speclang.source.span import Places, Span, Unit
from speclang.source.text import SourceText

FILE = "refunds.spec"
STARTS = {
    "feature refunds": 0,
    "role": 40,
    "given age": 100,
    "given tier": 200,
    "tool lookup_order": 300,
    "ask": 400,
    "REF-1": 500,
}


def origin(owner: str, field: str = "", start: int = 0, end: int = 10, unit: str | None = None) -> Origin:
    """An origin in the unit named after its owner, or in `unit`."""
    return Origin(owner, field, Span(Unit(FILE, unit or owner), start, end))


def places(shift: int = 0) -> Places:
    """Where the units of the plans below stand, `shift` characters further down."""
    starts = {Unit(FILE, key): start + shift for key, start in STARTS.items()}
    return Places.of([SourceText(FILE, " " * (600 + shift))], starts)


def plan(*texts: str) -> FeaturePlan:
    """A small feature; `texts` replace, in order, its free texts."""
    words = [*texts, *("",) * 8]

    def text(number: int, usual: str) -> str:
        return words[number] or usual

    age, tier = origin("given age", "typical", 20, 27), origin("given tier", "typical", 22, 26)
    head, feature = origin("REF-1", "", 0, 28), origin("feature refunds", "", 0, 30)
    rule = Clause(
        "REF-1",
        "rules",
        (
            Piece("If ", head),
            Piece(text(0, "the age is at most 30 days"), origin("REF-1", "when", 40, 60)),
            Piece(", ", head),
            Piece(text(1, "approve the refund."), origin("REF-1", "must", 70, 77), hole=True),
        ),
    )
    role = Clause(
        "feature refunds", "role", (Piece(text(2, "You help."), origin("feature refunds", "role", 5, 20, "role")),)
    )
    tiers = Clause(
        "given tier", "context", (Piece(text(3, "The tier: {{ tier }}"), origin("given tier", "name", 8, 20)),)
    )
    ask = Turn(
        "user",
        ((text(4, "I want my money back."), origin("ask", "", 4, 30)), (" A123456", origin("tool lookup_order"))),
    )
    returns: Json = {"age": 30, "status": text(5, "delivered")}
    edge = Input("age", "30", "30 days", origin("REF-1", "when", 47, 54))
    standard = Input("tier", "standard", "standard", tier)
    case = Case(
        id="REF-1/boundary/age=30_days",
        requirement="REF-1",
        covers=("REF-1",),
        also=(Obligation("REF-1", "nominal"),),
        why=text(6, "the age is exactly 30 days"),
        inputs=(edge,),
        turns=(ask,),
        context=(standard,),
        replies=(
            Reply(
                "lookup_order",
                "works",
                returns,
                None,
                (("", origin("tool lookup_order")), ("returns/age", origin("REF-1", "when", 47, 54))),
            ),
        ),
        expected=(Expected("approve", ("REF-1",), origin("REF-1", "must", 70, 77)),),
        uses=(Use("REF-1/approve", (("amount", 499.0),), origin("REF-1", "must", 70, 77)),),
        origin=head,
    )
    lookup = case.replies[0]
    grader = Grader(
        "REF-1/approve",
        "REF-1",
        Level.MUST,
        "calls",
        (Setting("tool", text(7, "issue_refund"), origin("REF-1", "must", 70, 77)),),
        always=False,
        origin=head,
    )
    short = replace(grader, id="REF-1/short", check="words", settings=(), always=True, gates=False)
    return FeaturePlan(
        feature="refunds",
        title="Refund assistant",
        sections=(
            Section("role", "", False, (role,), feature),
            Section("context", "Context", True, (tiers,), feature),
            Section("tools", "Tools", True, (), feature),
            Section("rules", "Rules", True, (rule,), feature),
        ),
        graders=(grader, short),
        cases=(
            case,
            replace(
                case, id="REF-1/nominal", also=(), inputs=(Input("age", "5", "5 days", age),), uses=(), expected=()
            ),
        ),
        meanings=(("REF-1", "0" * 32),),
        files=(FILE,),
        origin=feature,
        typical=(Input("age", "5", "5 days", age), standard),
        replies=(
            lookup,
            replace(lookup, tool="handoff", returns=None, state="timeout"),
            replace(lookup, tool="search", cut_at=64, pad=(("remarks", 40),)),
        ),
        owners=tuple((key, Span(Unit(FILE, key), 0, 80)) for key in STARTS),
    )


def texts() -> st.SearchStrategy[str]:
    """Text that a spec may hold: everything but halves of surrogate pairs."""
    nasty = st.sampled_from(
        [
            "\ue000",
            "\ue003\ue200",
            "\ue000\ue101\ue001",
            "yes",
            "- case: X",
            "\n- case: X\n",
            "{{ x }}",
            "{%",
            "---",
            "\r\n",
            "\x85",
            "# a",
        ]
    )
    return st.lists(nasty | st.text(max_size=6), max_size=4).map("".join)


def plans() -> st.SearchStrategy[FeaturePlan]:
    """The small feature with any texts."""
    return st.lists(texts(), max_size=8).map(lambda words: plan(*words))
