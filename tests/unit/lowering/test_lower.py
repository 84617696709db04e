"""A feature becomes clauses in sections, graders, and cases that something grades."""

from speclang.plan.clause import Section
from speclang.plan.delivery import delivered, whole
from tests.strategies.lowering import Lowered, lowered

DESK = """
feature desk "Returns desk" {
  role "You are the returns desk."

  tool look(order_id: text /A[0-9]{3}/) {
    about   "Looks up one order"
    returns { order_id: text, total: money(USD), age: days, note: text, status: shipped | delivered }
    fails   timeout
    limit   8 KiB
  }
  tool pay(amount: money(USD)) { about "Pays."; writes }

  given total money(USD) 0 .. 100 { name "the order total"; from look.total }
  given age days 0 .. 60          { name "the time since delivery"; from look.age }
  given tier standard | gold      { name "the customer's tier"; from context }
  given member bool               { name "the customer is a member"; from context }
  given receipt bool              { name "the customer has the receipt"; from user; yes "I have the receipt."; no "I lost it." }
  given mood calm | angry         { name "the customer's mood"; from user }

  outcome settle "pay the money back" { calls pay(amount: total); mentions "{age}" }
  outcome refuse "refuse"             { avoids pay }
  exclusive settle, refuse

  ask "Money back for {order_id} please."
  ask "I return order {order_id}, it cost {total}."

  %s
}
"""

RULES = """
  R-1 rule "In time" { when age <= 30 days and receipt; must settle }
  R-2 rule "Late"    { when age > 30 days or not receipt; must refuse }
"""


def desk(rules: str = RULES) -> Lowered:
    return lowered(DESK % rules)


def section(made: Lowered, name: str) -> Section:
    return next(one for one in made.plan.sections if one.name == name)


def test_sections_stand_in_a_fixed_order_whatever_the_order_of_the_spec() -> None:
    made = desk(
        'F-1 format "Short" { must words <= 9 }\n  B-1 boundary "No law" { refuse "law" like "Sue?"; answer "us" like "Who?" }'
        + RULES
    )
    assert [one.name for one in made.plan.sections] == ["role", "context", "tools", "rules", "format", "boundaries"]
    assert [one.title for one in made.plan.sections] == ["", "Context", "Tools", "Rules", "Format", "Boundaries"]


def test_what_the_caller_knows_is_a_variable() -> None:
    assert [one.text for one in section(desk(), "context").clauses] == [
        "The customer's tier: {{ tier }}",
        "Whether the customer is a member: {{ member }}",
    ]


def test_a_tool_says_what_it_does_and_where_it_is_cut() -> None:
    assert [one.text for one in section(desk(), "tools").clauses] == [
        "`look`: Looks up one order. A result longer than 8 KiB is cut off there.",
        "`pay`: Pays.",
    ]


def test_a_rule_is_a_sentence() -> None:
    assert desk().clause("R-1") == (
        "If the time since delivery is at most 30 days and the customer has the receipt, pay the money back."
    )


def test_a_phrase_stands_word_for_word() -> None:
    made = desk(
        'R-1 rule "In time" { when age <= 30 days; must settle; phrase "Pay if {age} is short." }\n'
        + RULES.replace("R-1", "R-3")
    )
    assert made.clause("R-1") == "Pay if the time since delivery is short."


def test_a_clause_never_ends_in_a_line_end() -> None:
    made = lowered('feature a "A" {\n  role """\n    One.\n\n    Two.\n  """\n}\n')
    assert made.prompt == "One.\n\nTwo.\n"


def test_a_case_is_played_by_the_sources_of_its_givens() -> None:
    case = desk().case("R-1/nominal")
    said = case.turns[0].text
    assert said.endswith("A000 please. I have the receipt.") or said.startswith("I return order A000, it cost ")
    assert {one.given: one.shown for one in case.context} == {"tier": "standard", "member": "yes"}
    (reply,) = case.replies
    stated = {one.given: one.shown for one in case.inputs}
    assert reply.returns == {
        "order_id": "A000",
        "total": int(str(stated.get("total", "50 USD")).split()[0]) if "total" in stated else reply.returns["total"],  # type: ignore[index,call-overload]
        "age": int(stated["age"].split()[0]),
        "note": "note",
        "status": "shipped",
    }


def test_different_asks_are_used() -> None:
    openings = {case.turns[0].pieces[0][0] for case in desk().plan.cases}
    assert openings == {"Money back for ", "I return order "}


def test_a_hole_in_an_ask_is_filled_with_the_input_of_the_case() -> None:
    for case in desk().plan.cases:
        said, returned = case.turns[0].text, {reply.tool: reply.returns for reply in case.replies}
        if "it cost" in said and isinstance(returned.get("look"), dict):
            assert f"it cost {returned['look']['total']} USD" in said  # type: ignore[index,call-overload]


def test_a_feature_without_asks_opens_with_a_call_for_help() -> None:
    made = lowered('feature a "Help desk" {\n  given x bool { from user }\n  outcome go "go" { mentions "go" }\n'
                   '  R-1 rule "One" { when x; must go }\n  R-2 rule "Two" { when not x; must go }\n}\n')  # fmt: skip
    assert made.case("R-1/nominal").turns[0].text == "Hello, I need your help. X is true."


def test_a_given_without_a_saying_is_said_in_the_first_person() -> None:
    made = desk(
        'R-1 rule "One" { when mood is angry; must settle }\n  R-2 rule "Two" { when mood is calm; must refuse }'
    )
    assert made.case("R-1/nominal").turns[0].text.endswith("My mood is angry.")


def test_a_saying_with_a_hole_says_the_value() -> None:
    made = lowered('feature a "A" {\n  given n int 1 .. 9 { from user; say "We are {n}." }\n  outcome go "go" { mentions "go" }\n'
                   '  R-1 rule "One" { when n > 3; must go }\n  R-2 rule "Two" { when n <= 3; must go }\n}\n')  # fmt: skip
    assert made.case("R-1/boundary/n=4").turns[0].text.endswith("We are 4.")
    assert made.case("R-1/boundary/n=3").turns[0].text.endswith("We are 3.")


def test_a_call_is_graded_with_the_arguments_of_the_case() -> None:
    case = desk().case("R-1/nominal")
    total = next((one.value for one in case.inputs if one.given == "total"), None)
    uses = {use.grader: dict(use.settings) for use in case.uses}
    usual = next(one.value for one in desk().plan.typical if one.given == "total")
    assert uses["R-1/calls-pay"] == {"arguments": {"amount": total if total is not None else usual}}


def test_a_case_lists_the_graders_of_whatever_decides_it() -> None:
    case = desk().case("R-1/boundary/age=31")
    assert case.covers == ("R-1", "R-2")
    assert [use.grader for use in case.uses] == ["R-2/avoids-pay"]
    assert [(one.outcome, one.requirements) for one in case.expected] == [("refuse", ("R-2",))]


def test_a_tool_that_fails_says_nothing_and_what_it_would_say_is_unknown() -> None:
    made = desk('T-1 fault "Down" { when look fails timeout; must refuse }' + RULES)
    case = made.case("T-1/nominal")
    assert [(one.tool, one.state, one.returns) for one in case.replies] == [("look", "timeout", None)]
    assert "age" not in {one.given for one in case.inputs}
    assert {one.given: one.shown for one in case.inputs}["look fails"] == "timeout"


def test_a_tool_back_at_work_returns_a_whole_result() -> None:
    made = desk('T-1 fault "Down" { when look fails timeout; must refuse }' + RULES)
    case = made.case("T-1/mcdc/look=works")
    (outcome,) = case.expected
    assert outcome.requirements in (("R-1",), ("R-2",))


CUT = 'T-1 fault "Cut" { when look is truncated; must refuse; must_not mentions "sure" }' + RULES


def arrived(made: Lowered, id: str) -> str:
    (reply,) = made.case(id).replies
    return delivered(reply)


def test_a_cut_result_ends_just_before_what_decides() -> None:
    made = desk(CUT)
    case = made.case("T-1/nominal")
    assert [one.id for one in case.also] == ["T-1/cut/look=after"]
    assert [one.outcome for one in case.expected] == ["refuse"]
    (reply,) = case.replies
    assert (reply.state, reply.cut_at, reply.pad) == ("truncated", 8192, (("note", 8179),))
    assert reply.returns == {"note": "…", "total": 10, "age": 6, "order_id": "A000", "status": "shipped"}
    assert arrived(made, "T-1/nominal").endswith('usual. Handled", ')
    assert whole(reply)[8192:].startswith('"total": 10, "age": 6, ')


def test_what_decides_just_before_the_cut_is_decided_by_the_rules() -> None:
    made = desk(CUT)
    case = made.case("T-1/cut/look=before")
    assert [(one.outcome, one.requirements) for one in case.expected] == [("settle", ("R-1",))]
    assert "look fails" not in {one.given for one in case.inputs}
    (reply,) = case.replies
    assert reply.state == "works"
    text = arrived(made, "T-1/cut/look=before")
    assert len(text.encode()) == 8192
    assert text.endswith('"total": 10, "age": 6,')
    assert len(whole(reply).encode()) > 8192


def test_a_number_torn_by_the_cut_is_unknown() -> None:
    made = desk(CUT)
    case = made.case("T-1/cut/look=within")
    assert [one.outcome for one in case.expected] == ["refuse"]
    assert arrived(made, "T-1/cut/look=within").endswith('"total": 1')


def test_where_a_limit_has_no_room_for_what_decides_there_is_no_case_of_it() -> None:
    made = lowered((DESK % CUT).replace("8 KiB", "16 bytes"))
    ids = {case.id for case in made.plan.cases}
    assert "T-1/nominal" in ids
    assert not ids & {"T-1/cut/look=before", "T-1/cut/look=within"}
    assert "total" not in arrived(made, "T-1/nominal")
    narrow = lowered((DESK % CUT).replace("8 KiB", "26 bytes"))
    assert arrived(narrow, "T-1/cut/look=before") == '{"total": 10, "age": 6, "o'


def test_an_answer_to_a_cut_result_may_not_say_that_there_is_nothing() -> None:
    made = desk(CUT)
    assert "T-1/not-absent" in {use.grader for use in made.case("T-1/nominal").uses}
    assert "T-1/not-absent" not in {use.grader for use in made.case("T-1/cut/look=before").uses}
    assert made.clause("T-1").endswith("Never say that something was not found because it was cut off.")
    any_failure = desk('T-1 fault "Any" { when look fails; must refuse }' + RULES)
    assert not [one for one in any_failure.plan.graders if one.check == "no_absence"]
    assert any_failure.case("T-1/cut/look=before").covers == ("T-1", "R-1")


def test_equal_inputs_of_one_requirement_are_one_case() -> None:
    made = desk('R-1 rule "One" { when receipt; must settle; over R-2 }\n  R-2 rule "Two" { must refuse }')
    for requirement in ("R-1", "R-2"):
        inputs = [(case.inputs, case.turns) for case in made.plan.cases if case.requirement == requirement]
        assert len(inputs) == len(set(inputs))
    assert "R-1/over/R-2" in {also.id for also in made.case("R-1/nominal").also}


def test_a_draft_is_said_and_graded_and_never_gates() -> None:
    made = desk(RULES.replace("must settle", "must settle; status draft"))
    assert made.clause("R-1")
    assert {grader.gates for grader in made.plan.graders if grader.requirement == "R-1"} == {False}
    assert {grader.gates for grader in made.plan.graders if grader.requirement == "R-2"} == {True}


def test_a_requirement_that_can_be_beaten_does_not_judge_every_case() -> None:
    made = desk('R-1 rule "All" { must settle }\n  R-2 rule "But" { when not receipt; must refuse; over R-1 }')
    assert not any(grader.always for grader in made.plan.graders)
    case = made.case("R-2/nominal")
    assert {use.grader.split("/")[0] for use in case.uses} == {"R-2"}


def test_a_message_in_place_of_a_request_expects_no_outcome() -> None:
    made = desk('B-1 boundary "No law" { refuse "law" like "Sue?"; answer "us" like "Who?" }' + RULES)
    cases = [case for case in made.plan.cases if case.requirement == "B-1"]
    assert cases
    assert all(case.expected == () and case.uses for case in cases)
    assert "Sue?" in {case.turns[0].text for case in cases}


def test_whoever_is_to_be_asked_first_has_told_it_where_the_call_is_due() -> None:
    made = desk('Q-1 clarify "Who" { needs mood, order_id; before pay }' + RULES)
    for case in made.plan.cases:
        due = any(one.outcome == "settle" for one in case.expected)
        assert not due or "mood" in {one.given for one in case.inputs}, case.id
        assert "The order ID is" not in case.turns[0].text or case.requirement == "Q-1"
    whole = desk('Q-1 clarify "Who" { needs amount; before pay }' + RULES)
    said = {case.id: case.turns[0] for case in whole.plan.cases}
    assert said["R-1/nominal"].text.endswith("I have the receipt. The amount is 0 USD.")
    assert said["R-1/nominal"].pieces[-3][1].owner == "Q-1"
    assert said["R-2/nominal"].text.endswith(("please.", "I lost it.", "USD."))
    assert "The amount is" not in said["R-2/nominal"].text + said["Q-1/missing/amount"].text


def test_requests_tell_a_parameter_where_those_that_leave_it_open_are_written() -> None:
    made = desk('Q-1 clarify "Who" { needs amount, mood; before pay; vague "I have a question." }' + RULES)
    case = made.case("R-1/nominal")
    assert "The amount is" not in case.turns[0].text
    assert "mood" in {one.given for one in case.inputs}


def test_the_user_agrees_where_a_call_that_wants_it_is_due_whoever_wants_the_call() -> None:
    made = desk('U-1 tool_use "Ask" { when mood is angry; call pay; confirm }' + RULES)
    for case in made.plan.cases:
        due = any(use.grader in ("U-1/calls-pay", "R-1/calls-pay") for use in case.uses)
        assert (case.turns[-1].text == "Yes, please go ahead.") == due, case.id
    assert {"R-1/nominal", "U-1/nominal"} <= {case.id for case in made.plan.cases if len(case.turns) == 2}


def test_a_gap_is_reported_with_the_smallest_input_and_no_case_is_made() -> None:
    made = desk('R-1 rule "In time" { when age <= 30 days and receipt; must settle }')
    (gap,) = made.found
    assert gap.code.id == "E0502"
    assert gap.level.value == "warning"
    assert dict(gap.witness).keys() >= {"age", "receipt"}
    assert "R-1/mcdc/receipt=no" not in {case.id for case in made.plan.cases}


def test_a_gap_in_a_total_feature_is_an_error() -> None:
    made = lowered(DESK.replace("role", "total\n  role") % 'R-1 rule "In time" { when age <= 30 days; must settle }')
    assert [one.level.value for one in made.found] == ["error"]


def test_a_conflict_is_reported_once_for_a_pair_with_both_places() -> None:
    made = desk(
        'R-1 rule "One" { when age <= 30 days; must settle }\n  R-2 rule "Two" { when age > 20 days; must refuse }'
    )
    (conflict,) = made.found
    assert conflict.code.id == "E0501"
    assert conflict.title == "`R-1` asks for `settle` and `R-2` for `refuse` on the same input"
    assert conflict.primary.span.unit.key == "R-1"
    assert [label.span.unit.key for label in conflict.labels] == ["R-2", "exclusive settle"]
    age = int(dict(conflict.witness)["age"].split()[0])
    assert 20 < age <= 30
    assert all(int(one.shown.split()[0]) <= 20 or int(one.shown.split()[0]) > 30
               for case in made.plan.cases for one in case.inputs if one.given == "age")  # fmt: skip


def test_a_conflict_with_a_draft_is_a_warning() -> None:
    made = desk('R-1 rule "One" { when receipt; must settle; status draft }\n  R-2 rule "Two" { must refuse }')
    assert [one.level.value for one in made.found if one.code.id == "E0501"] == ["warning"]


def test_a_feature_of_faults_decides_nothing_where_all_tools_work_and_has_no_gap() -> None:
    made = desk('T-1 fault "Down" { when look fails timeout; must refuse }')
    assert made.found == ()
    assert "T-1/mcdc/look=works" not in {case.id for case in made.plan.cases}


def test_an_order_between_the_two_ends_a_conflict() -> None:
    made = desk('R-1 rule "One" { when receipt; must settle; over R-2 }\n  R-2 rule "Two" { must refuse }')
    assert made.found == ()
    assert made.case("R-1/nominal").expected[0].outcome == "settle"


def test_a_feature_with_nothing_but_a_format_has_cases_too() -> None:
    made = lowered('feature a "A" {\n  ask "Hello."\n  F-1 format "Short" { must words <= 9 }\n}\n')
    assert made.plan.cases
    assert made.found == ()


def test_an_empty_feature_is_a_prompt_without_cases() -> None:
    made = lowered('feature a "A" {\n  role "Be kind."\n}\n')
    assert made.prompt == "Be kind.\n"
    assert made.plan.cases == ()


def test_a_condition_that_nothing_meets_is_told() -> None:
    made = desk(
        'R-1 rule "One" { when age > 30 days and age < 14 days; must settle }\n  R-2 rule "Two" { must refuse; default }'
    )
    (never,) = made.found
    assert (never.code.id, never.level.value, never.requirement) == ("E0503", "error", "R-1")


def test_a_part_of_a_condition_that_never_decides_is_told() -> None:
    made = desk(
        'R-1 rule "One" { when age <= 30 days and age < 60 days; must settle }\n'
        '  R-2 rule "Two" { must refuse; default }'
    )
    (unmet,) = made.found
    assert (unmet.code.id, unmet.level.value, unmet.requirement) == ("E0504", "note", "R-1")
    assert unmet.primary.text == "no input was found on which this part of the condition alone decides"
    assert unmet.labels == ()


def test_requirements_that_never_meet_need_no_over() -> None:
    made = desk(
        'R-1 rule "One" { when age <= 30 days; must settle; over R-2 }\n'
        '  R-2 rule "Two" { when age > 30 days; must refuse }'
    )
    (unmet,) = made.found
    assert (unmet.code.id, unmet.primary.text) == ("E0504", "no input was found on which `R-2` applies too")
