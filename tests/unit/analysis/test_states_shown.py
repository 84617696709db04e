"""An input on which a tool does not work is shown with that tool, whichever rules name it."""

from speclang.analysis.runner import analyse_feature
from tests.strategies.reading import feature_of

SPEC = """\
feature desk "Desk" {
  total
  tool look(id: text) { about "Looks."; returns { age: days }; fails timeout }
  given age days 0 .. 60 { name "the age"; from look.age }
  outcome approve "approve" { mentions "yes" }
  outcome decline "decline" { mentions "no" }
  exclusive approve, decline
  ask "Hello."
  REF-1 rule "In time" { when age <= 30 days; must approve }
  REF-2 rule "Late"    { when age > 30 days; must decline }
  REF-3 fault "Down"   { when look fails timeout; must decline }
}
"""


def test_a_gap_that_only_a_broken_tool_leaves_names_the_tool() -> None:
    (gap,) = (one for one in analyse_feature(feature_of(SPEC)) if one.code.id == "E0502")
    assert gap.witness == (("look", "late"),)
