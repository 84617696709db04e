"""Whether answers that pass some graders are sure to pass others.

In: graders, with all their settings. Out: yes, or no where nobody knows. Invariant: checks and settings are
compared, whatever kind they belong to.
"""

from collections.abc import Mapping, Sequence

from ...kit.clashing.clashes import first_clash
from ...kit.clashing.facts import facts
from ...plan.grader import Grader, Setting
from ...source.hashing import Json
from ...source.records import replace


def implied(usual: Sequence[Grader], then: Sequence[Grader]) -> bool:
    """Whether every answer that passes all of `then` passes those of `usual` that code decides."""
    return all(any(implies(other, one) for other in then) for one in usual if one.deterministic)


def at_odds(usual: Sequence[Grader], then: Sequence[Grader]) -> bool:
    """Whether no answer passes some of `usual` and some of `then`."""
    return any(_at_odds(one, other) for one in usual for other in then)


def _at_odds(one: Grader, other: Grader) -> bool:
    deeds = {one.check, other.check} == {"called", "not_called"}
    if deeds and _values(one).get("tool") == _values(other).get("tool"):
        return True
    clash = first_clash(facts(one), facts(other))
    return clash is not None and not clash.way


def implies(one: Grader, other: Grader) -> bool:
    """Whether every answer that passes `one` passes `other`."""
    if (one.check, _values(one)) == (other.check, _values(other)):
        return True
    clash = first_clash(facts(one), facts(_denied(other)))
    return clash is not None and not clash.way


def with_settings(one: Grader, settings: Mapping[str, Json]) -> Grader:
    """`one` with these settings and no others."""
    return replace(one, settings=tuple(Setting(name, value, one.origin) for name, value in settings.items()))


def _denied(one: Grader) -> Grader:
    """The grader that passes what `one` does not."""
    held = _values(one)
    low, high = held.get("at_least"), held.get("at_most")
    if isinstance(high, int) and not low:
        kept = {name: value for name, value in held.items() if name != "at_most"}
        return with_settings(one, {**kept, "at_least": high + 1})
    if isinstance(low, int) and high is None:
        kept = {name: value for name, value in held.items() if name != "at_least"}
        return with_settings(one, {**kept, "at_most": low - 1})
    return with_settings(one, {**held, "negated": not held.get("negated")})


def _values(one: Grader) -> dict[str, Json]:
    return {setting.name: setting.value for setting in one.settings}
