"""Whole programs: the specs that ship bind, files and policies come together, nothing depends on order."""

from decimal import Decimal

from speclang.bind import Scope, bind, bind_requirement
from speclang.bind.fields import Kinds
from speclang.diagnostics.result import Result
from speclang.model.given import FromContext, FromTool, FromUser
from speclang.model.outcome import Avoids, Calls, Mentions
from speclang.model.requirement import Requirement
from speclang.source.text import SourceText
from speclang.syntax.parser import parse
from speclang.syntax.tree import Unit
from tests.unit.bind.binding import bound, feature, files_of, findings


def test_the_refunds_example_binds_with_the_policy_that_it_includes() -> None:
    program, found, _ = bound(*files_of("refunds", "policies"))
    assert found == []
    refunds, _ = program.features
    assert next(one.id for one in refunds.requirements) == "BRAND-1"
    assert {one.id: one.origin for one in refunds.requirements}["BRAND-1"] == "brand"
    assert {one.id: one.origin for one in refunds.requirements}["REF-1"] == "refunds"
    assert refunds.files == ("specs/policies/brand.spec", "specs/refunds/refunds.spec")
    assert [one.name for one in refunds.givens] == ["total", "age", "tier", "receipt"]
    assert [one.source for one in refunds.givens] == [
        FromTool("lookup_order", ("total",)),
        FromTool("lookup_order", ("age",)),
        FromContext(),
        FromUser(),
    ]
    assert refunds.exclusives[0].outcomes == ("approve", "decline", "escalate")
    assert next(one.plain for one in refunds.asks) == "I'd like my money back for order {order_id}."
    approve, decline, _ = refunds.outcomes
    assert isinstance(approve.observables[0], Calls)
    assert [type(one) for one in decline.observables] == [Avoids, Mentions]
    assert refunds.tools[0].limit == 8192


def test_the_airline_binds_across_its_files() -> None:
    program, found, _ = bound(*files_of("airline"))
    assert found == []
    assert [one.name for one in program.features] == ["airline"]


def test_the_order_of_files_changes_nothing() -> None:
    files = [*files_of("airline", "refunds", "policies", "first")]
    first, _, _ = bound(*files)
    second, _, _ = bound(*reversed(files))
    assert first == second


def test_what_a_given_leaves_out_is_supplied() -> None:
    only = feature(
        'feature f "F" {\n  given order_total money(USD) 0 .. 10_000\n  given is_new bool\n  given size small | large\n}'
    )
    total, new, size = only.givens
    assert total.label.plain == "the order total"
    assert total.typical == Decimal(1000)
    assert total.source == FromUser()
    assert (new.label.plain, new.negated.plain if new.negated else "") == ("is new is true", "is new is false")
    assert new.typical is True
    assert size.typical == "small"


def test_typical_values_are_round_and_inside_the_range() -> None:
    written = {
        "days 0 .. 365": Decimal(40 * 86400),
        "int 1 .. 5": Decimal(3),
        "percent 0 .. 100": Decimal("0.1"),
        "int": Decimal(10),
        "optional(int 0 .. 1_000)": Decimal(100),
        "money(JPY) 100 .. 200": Decimal(100),
    }
    for type, typical in written.items():
        (given,) = feature(f'feature f "F" {{\n  given x {type}\n}}').givens
        if type != "money(JPY) 100 .. 200":
            assert given.typical == typical, type


def test_sayings_are_kept_by_value_and_one_may_say_any() -> None:
    only = feature(
        'feature f "F" {\n  given age days 0 .. 60 { say "It was due {age} ago."; say 1 day "Yesterday." }\n'
        '  given ok bool { yes "Yes, I have it."; no "No." }\n  given tier optional(a | b) { say a "A."; say missing "None." }\n}'
    )
    age, ok, tier = only.givens
    assert age.said is not None
    assert age.said.plain == "It was due {age} ago."
    assert [(value, text.plain) for value, text in age.sayings] == [(Decimal(86400), "Yesterday.")]
    assert [value for value, _ in ok.sayings] == [True, False]
    assert [value for value, _ in tier.sayings] == ["a", None]


def test_a_value_may_mean_a_clause() -> None:
    only = feature(
        'feature f "F" {\n  given wish a | b | c { means a "the user wants an A"; means c "the user wants {size}" }\n'
        '  given size optional(int 1 .. 3) { means missing "no size is known"; means 2 "the size is usual" }\n}'
    )
    wish, size = only.givens
    assert [(value, text.plain) for value, text in wish.clauses] == [
        ("a", "the user wants an A"),
        ("c", "the user wants {size}"),
    ]
    assert [value for value, _ in size.clauses] == [None, Decimal(2)]


def test_a_retired_requirement_is_not_read_and_keeps_its_id() -> None:
    only = feature('feature f "F" {\n  P-1 rule "Old" { when nothing_known > 5 cows; status retired }\n}')
    assert only.requirements == ()
    assert only.retired == ("P-1",)


def test_a_title_is_optional_and_made_from_the_name() -> None:
    assert feature("feature order_desk {\n}").title.plain == "Order desk"


def test_a_block_text_after_the_kind_is_its_text() -> None:
    (only,) = feature('feature f "F" {\n  P-1 prose """\n    Be brief.\n  """\n}').requirements
    assert "Be brief." in repr(only.fields)
    assert only.title is None


USED = 'policy brand "Brand" {\n  B-1 prose "Voice" { text "Be kind." }\n}\n'


def test_a_path_starts_at_the_folder_of_the_file_or_at_one_above() -> None:
    for path, file in (
        ("brand.spec", "specs/shop/brand.spec"),
        ("./brand.spec", "specs/shop/brand.spec"),
        ("../brand.spec", "specs/brand.spec"),
        ("policies/brand.spec", "specs/policies/brand.spec"),
        ("policies/brand.spec", "policies/brand.spec"),
    ):
        shop = f'use "{path}"\nfeature f "F" {{\n  include brand\n}}'
        program, found, _ = bound(("specs/shop/f.spec", shop), (file, USED))
        assert found == [], path
        assert [one.id for one in program.features[0].requirements] == ["B-1"]


def test_a_path_of_two_files_is_not_guessed() -> None:
    shop = 'use "brand.spec"\nfeature f "F" {\n  include brand\n}'
    files = (("specs/shop/f.spec", shop), ("specs/brand.spec", USED), ("specs/shop/brand.spec", USED))
    assert findings(*files) == [("E0410", 1, '"brand.spec"')]


def test_a_missing_file_is_one_finding_with_the_nearest_path() -> None:
    shop = 'use "policies/brnad.spec"\nfeature f "F" {\n  include brand\n  P-1 rule "x" { when unknown; must unknown_too }\n}'
    _, found, _ = bound(("specs/shop/f.spec", shop), ("specs/policies/brand.spec", USED))
    assert [one.code.id for one in found] == ["E0401"]
    assert found[0].fix is not None
    assert [edit.text for edit in found[0].fix.edits] == ['"../policies/brand.spec"']


def test_paths_that_leave_the_root_are_refused() -> None:
    for path in ("../../x.spec", "/etc/x.spec", "~/x.spec", "C:/x.spec", "a/../../../x.spec"):
        assert [code for code, _, _ in findings(("specs/f.spec", f'use "{path}"'))] == ["E0403"], path


def test_a_circle_of_files_is_reported_once() -> None:
    files = [(f"{name}.spec", f'use "{after}.spec"\nfeature {name} "x" {{\n}}') for name, after in ("ab", "bc", "ca")]
    assert findings(*files) == [("E0402", 1, '"b.spec"')]
    assert findings(*reversed(files)) == [("E0402", 1, '"b.spec"')]
    assert findings(("a.spec", 'use "a.spec"')) == [("E0402", 1, '"a.spec"')]


def test_a_chain_of_files_may_be_32_long() -> None:
    def chain(length: int) -> list[tuple[str, str]]:
        return [(f"f{n}.spec", f'use "f{n + 1}.spec"' if n < length else "") for n in range(1, length + 1)]

    assert findings(*chain(32)) == []
    assert [code for code, _, _ in findings(*chain(33))] == ["E0404"]
    assert [code for code, _, _ in findings(*chain(500))] == ["E0404"] * 15


def test_what_a_file_uses_is_passed_on_and_declared_once() -> None:
    base = "type Tier = a | b\ngiven tier Tier { from context }\n"
    left = 'use "base.spec"\noutcome go "go"\n'
    right = 'use "base.spec"\nask "Hello {tier}."\n'
    top = 'use "left.spec"\nuse "right.spec"\nfeature f "F" {\n  P-1 rule "x" { when tier is a; must go }\n}'
    program, found, _ = bound(("base.spec", base), ("left.spec", left), ("right.spec", right), ("top.spec", top))
    assert found == []
    (only,) = program.features
    assert [one.name for one in only.givens] == ["tier"]
    assert len(only.asks) == 1
    assert only.files == ("base.spec", "left.spec", "right.spec", "top.spec")


def test_two_used_files_may_not_declare_one_name_differently() -> None:
    top = 'use "left.spec"\nuse "right.spec"\nfeature f "F" {\n}'
    files = (("left.spec", "given age days"), ("right.spec", "given age hours"), ("top.spec", top))
    assert findings(*files) == [("E0202", 1, "age")]


def test_a_policy_is_bound_once_and_joins_as_it_is() -> None:
    policy = 'policy safe "Safe" {\n  owner legal\n  given risk bool\n  outcome stop "stop"\n  S-1 rule "x" { when risk; must stop }\n}\n'
    shops = "".join(
        f'feature f{n} "F" {{\n  include safe\n  R-1 rule "y" {{ when not risk; must stop; over S-1 }}\n}}\n'
        for n in range(3)
    )
    program, found, _ = bound(("a.spec", policy + shops))
    assert found == []
    for one in program.features:
        assert [(each.id, each.origin) for each in one.requirements] == [("S-1", "safe"), ("R-1", one.name)]
        assert [ref.id for ref in one.requirements[1].over] == ["S-1"]
    wrong = policy.replace("when risk", "when rsik")
    assert findings(("a.spec", wrong + shops)) == [("E0201", 5, "rsik")]


def test_a_policy_without_users_is_fine() -> None:
    assert findings(("a.spec", USED)) == []


def test_policies_include_policies_without_circles() -> None:
    text = 'policy a "A" {\n  include b\n}\npolicy b "B" {\n  P-1 prose "x" { text "y" }\n}\nfeature f "F" {\n  include a, b\n}'
    assert [one.id for one in feature(text).requirements] == ["P-1"]
    circle = 'policy a "A" {\n  include b\n}\npolicy b "B" {\n  include a\n}\nfeature f "F" {\n  include a\n}'
    assert findings(("a.spec", circle)) == [("E0408", 2, "b")]


def test_an_id_of_an_included_policy_is_taken() -> None:
    text = USED + 'feature f "F" {\n  include brand\n  B-1 prose "x" { text "y" }\n}'
    assert findings(("a.spec", text)) == [("E0205", 6, "B-1")]


def test_one_requirement_is_a_function_of_its_unit_and_its_scope() -> None:
    files = [parse(SourceText(name, text)).value for name, text in files_of("refunds", "policies")]
    kept: dict[tuple[Unit, str], Result[Requirement | None]] = {}
    fresh: list[str] = []

    def read(unit: Unit, scope: Scope, kinds: Kinds) -> Result[Requirement | None]:
        key = (unit, scope.digest)
        if key not in kept:
            fresh.append(unit.name.key)
            kept[key] = bind_requirement(unit, scope, kinds)
        return kept[key]

    first = bind(files, read=read)
    assert len(fresh) == 19
    assert bind(files, read=read) == first
    assert len(fresh) == 19
    changed = [
        parse(
            SourceText(name, text.replace("age <= 30 days", "age <= 20 days").replace("feature", "# above\nfeature"))
        ).value
        for name, text in files_of("refunds", "policies")
    ]
    bind(changed, read=read)
    assert fresh[19:] == ["REF-1"]


def test_features_whose_names_differ_in_case_only_are_one_folder_on_some_systems() -> None:
    assert findings(("a.spec", 'feature desk "A" {\n}\n'), ("b.spec", 'feature Desk "B" {\n}\n')) == [
        ("E0202", 1, "Desk")
    ]
