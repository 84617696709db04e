"""Where a result is cut, what arrives of it and what is expected are two sides of one thing.

What decides arrives whole, and the rules decide by it; or nothing of it arrives whole, and nobody knows it.
"""

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from speclang.model.given import FromTool
from speclang.plan.case import Case
from speclang.plan.delivery import delivered, whole
from speclang.values.showing import to_json
from tests.laws.test_expectations import decided, values_of
from tests.strategies.lowering import Lowered, lowered
from tests.strategies.specs import SpecModel, specs

LIMITS = ("1 byte", "20 bytes", "40 bytes", "100 bytes", "2 KiB")


def with_cut(spec: SpecModel, limit: str) -> str:
    """The spec with a limit of its tool, and a fault for the results that are cut at it."""
    fault = f'  T-9 fault "Cut" {{ when look_up is truncated; must {spec.outcomes[0]} }}\n}}\n'
    text = spec.text.replace("fails timeout }", f"fails timeout; limit {limit} }}")
    return text.removesuffix("}\n") + fault


def facts(made: Lowered, case: Case) -> dict[str, str]:
    """What decides, as it stands in a whole result: the member with the comma after it."""
    from json import dumps

    values = {one.given: one.value for one in (*made.plan.typical, *case.inputs)}
    found: dict[str, str] = {}
    for one in made.feature.givens:
        if isinstance(one.source, FromTool):
            found[one.name] = f'"{one.source.path[0]}": {dumps(to_json(values[one.name], one.type))},'
    return found


@given(specs(), st.sampled_from(LIMITS))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
def test_what_arrives_of_a_cut_result_is_what_the_case_expects(spec: SpecModel, limit: str) -> None:
    assume(any(one.source.startswith("look_up.") for one in spec.givens))
    made = lowered(with_cut(spec, limit))
    for case in made.plan.cases:
        wanted = decided(made.feature.requirements, values_of(case, made))
        assert {one.outcome: set(one.requirements) for one in case.expected} == wanted, case.id
        for reply in case.replies:
            if reply.cut_at is None:
                assert "/cut/" not in case.id or reply.tool != "look_up"
                continue
            text = delivered(reply)
            assert whole(reply).startswith(text)
            assert len(text.encode()) <= reply.cut_at < len(whole(reply).encode())
            seen = [member in text for member in facts(made, case).values()]
            assert all(seen) if reply.state == "works" else not any(seen), case.id
