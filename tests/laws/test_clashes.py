"""What is told to clash, no answer meets; what is not told, of terms that are understood whole, some answer does.

Both are tried with the graders themselves, on answers that are put together from the texts and numbers of the terms: side by side,
overlapping, in small and capital letters, wrapped as JSON or in quotation marks, with other white space and other words around.
"""

import json
from collections.abc import Iterator, Sequence
from itertools import combinations, islice, product

import hypothesis
import pytest
from hypothesis import settings
from hypothesis import strategies as st

from speclang.kinds.format import catalogue
from speclang.kit import registry
from speclang.kit.answer import Answer
from speclang.kit.checks.catalogue import find
from speclang.kit.clashing.clashes import clash_of_three, first_clash
from speclang.kit.clashing.counting import least, together
from speclang.kit.clashing.facts import Counted, Holds, facts
from speclang.model.requirement import Level
from speclang.plan.grader import Grader, Setting
from speclang.plan.origin import Origin
from speclang.source.hashing import Json
from speclang.source.span import whole_file
from tests.strategies.reading import feature_of

HERE = Origin("FMT-1", "must", whole_file("x.spec"))
TEXTS = ("Hi", "hi", "Hi you", "you", "Anything else?", "see you", "no, you", "a", "7", "{", "}", "é B")
COUNTS = (
    "words", "characters", "commas", "sentences", "paragraphs", "bullets", "placeholders", "capital_words", "lines", "headings",
    "spaced_words", "unique_words", "conjunctions", "numbers", "links", "code_blocks", "emojis",
)  # fmt: skip


def grader(check: str, **given: Json) -> Grader:
    held = tuple(Setting(name, value, HERE) for name, value in given.items())
    return Grader(f"FMT-1/{check}", "FMT-1", Level.MUST, check, held, always=True, origin=HERE)


def _bounds() -> st.SearchStrategy[dict[str, Json]]:
    number = st.integers(0, 6)
    return st.one_of(
        number.map(lambda most: {"at_most": most}),
        number.map(lambda least: {"at_least": least}),
        number.map(lambda both: {"at_least": both, "at_most": both}),
    )


def graders() -> st.SearchStrategy[Grader]:
    text = st.sampled_from(TEXTS)
    some = st.lists(text, min_size=1, max_size=2, unique=True)
    schema: Json = {"type": "object", "properties": {"a": {"type": "string"}}}
    return st.one_of(
        st.builds(lambda check, one: grader(check, text=one), st.sampled_from(("starts", "ends", "repeats", "mentions", "omits")), text),
        st.builds(lambda check, one: grader(check, text=one, negated=True), st.sampled_from(("starts", "ends")), text),
        st.builds(lambda check, more: grader(check, texts=more), st.sampled_from(("says", "says_none", "forbidden", "one_of")), some),
        st.builds(lambda check, bounds: grader(check, **bounds), st.sampled_from(COUNTS), _bounds()),
        st.builds(lambda one, bounds: grader("letter", letter=one, **bounds), st.sampled_from("aeisy"), _bounds()),
        st.builds(lambda more, bounds: grader("keyword", texts=more, **bounds), some, _bounds()),
        st.builds(lambda more, fold, any_: grader("contains", texts=more, fold=fold, some=any_), some, st.booleans(), st.booleans()),
        st.sampled_from(
            (
                grader("lowercase"),
                grader("uppercase"),
                grader("is_json"),
                grader("is_json", schema=schema),
                grader("is_json", schema={"type": "array"}),
                grader("quoted"),
                grader("xml"),
                grader("language", code="en"),
                grader("language", code="de"),
            )
        ),
    )  # fmt: skip


def passes(one: Grader, text: str) -> bool:
    check = find(one.check)
    assert check is not None
    given = {setting.name: setting.value for setting in one.settings}
    negated = given.pop("negated", False)
    return check(Answer(text), **given).passed is not bool(negated)


def texts_of(some: Sequence[Grader]) -> list[str]:
    found: list[str] = []
    for one in some:
        for setting in one.settings:
            if setting.name == "text" and isinstance(setting.value, str):
                found.append(setting.value)
            elif setting.name == "texts" and isinstance(setting.value, list):
                found += [text for text in setting.value if isinstance(text, str)]
            elif setting.name == "letter" and isinstance(setting.value, str):
                found.append(setting.value)
    return list(dict.fromkeys(found))


def overlapping(one: str, other: str) -> Iterator[str]:
    for shared in range(1, min(len(one), len(other)) + 1):
        if one.lower().endswith(other[:shared].lower()):
            yield one + other[shared:]


def answers(some: Sequence[Grader]) -> Iterator[str]:
    """Answers that come close to what the graders ask for."""
    texts = texts_of(some)
    seeds = ["", *texts, *(" ".join(texts[::step]) for step in (1, -1)), *("".join(texts[::step]) for step in (1, -1))]
    seeds += ["x".join(texts), "\n\n".join(texts), f"x{' '.join(texts)}x", " ".join(f"x{one}x" for one in texts)]
    seeds += [joined for one in texts for other in texts for joined in overlapping(one, other)]
    fillers = [" ".join(mark * count) for mark in ("b", "B", ",") for count in range(7)]
    fillers += [(mark * count).strip() for mark in ("- b\n", "[] ", "B. ", "b\n\n") for count in (1, 2, 3, 6)]
    fillers += [
        (mark * count).strip() for mark in ("# b\n", "```\n", "1 ", "http://a ", "🙂", "b\n") for count in (1, 3, 6)
    ]
    fillers += ["- b\n# b\n```\nb\n```", "*\n- b\n- c", "and or but nor so yet", "a and, or b but c", "- b\n- b\n# b"]
    fillers += ["!", "abeisy " * 6, "7 7 7 7 7 7", "b, b, b.", "[b] [b] [b]"]
    for seed, filler in product(dict.fromkeys(seeds), fillers):
        for body in {seed, f"{seed} {filler}", f"{filler} {seed}", f"{filler}\n{seed}", f"{seed} {filler} {seed}"}:
            for text in {body, body.lower(), body.upper()}:
                yield text
                yield f'"{text}"'
                yield json.dumps({"a": text}, ensure_ascii=False)
                yield f"[{json.dumps(text, ensure_ascii=False)}]"
                yield f"<a>{text}</a>"


@hypothesis.given(graders(), graders())
def test_no_answer_meets_two_terms_that_are_told_to_clash(one: Grader, other: Grader) -> None:
    clash = first_clash(facts(one), facts(other))
    if clash is None or clash.way:
        return
    for text in islice(answers((one, other)), 0, None, 3):
        assert not (passes(one, text) and passes(other, text)), (text, clash)


LIMITS = ("words", "characters", "lines", "spaced_words", "commas")


@hypothesis.given(
    st.sampled_from(TEXTS),
    st.sampled_from(TEXTS),
    st.sampled_from((("starts", "ends"), ("starts", "ends"), ("mentions", "mentions"), ("repeats", "ends"), ("says", "mentions"))),
    st.sampled_from(LIMITS),
    st.integers(0, 12),
)  # fmt: skip
def test_no_answer_meets_two_texts_and_a_limit_that_are_told_to_clash(
    a: str, b: str, checks: tuple[str, str], of: str, most: int
) -> None:
    one, two = (
        grader(check, texts=[text]) if check == "says" else grader(check, text=text)
        for check, text in zip(checks, (a, b), strict=True)
    )
    assert_none_meets((one, two, grader(of, at_most=most)))


@hypothesis.given(
    st.sampled_from(TEXTS),
    st.sampled_from(TEXTS),
    st.sampled_from(("ab", "Hi", "a", "7", "you", "ahi")),
    st.integers(0, 2),
)
@settings(max_examples=60)
def test_what_stands_only_where_two_texts_meet_is_not_counted(a: str, b: str, word: str, most: int) -> None:
    assert_none_meets((grader("starts", text=a), grader("ends", text=b), grader("keyword", texts=[word], at_most=most)))


@hypothesis.given(
    st.sampled_from(("bullets", "headings", "code_blocks", "words")),
    st.sampled_from(("bullets", "headings", "code_blocks", "paragraphs")),
    st.integers(0, 4),
    st.integers(0, 4),
    st.integers(0, 7),
)
@settings(max_examples=60)
def test_no_answer_has_two_sorts_of_lines_in_fewer_lines(a: str, b: str, one: int, two: int, most: int) -> None:
    assert_none_meets((grader(a, at_least=one), grader(b, at_least=two), grader("lines", at_most=most)))


def told_together(some: Sequence[Grader]) -> bool:
    """Whether graders, the last of which is a limit, are told to clash, all of them and no fewer: two texts, or counts."""
    *others, last = (facts(one) for one in some)
    for limit in (one for one in last if isinstance(one, Counted)):
        if len(others) == 2 and any(
            clash_of_three(one, other, limit)
            for one, other in product(*others)
            if isinstance(one, Holds) and isinstance(other, Holds)
        ):
            return True
        counted = [one for each in others for one in each if isinstance(one, Counted) and one.at_least]
        if any(len(kept) == len(others) for kept, _ in together(counted, limit)):
            return True
    return False


PIECES = (
    "and ", "http://a ", "- ", "* ", "*\n", "# ", "```\n", "\n\n", "\n", "a", "B", "1", ", ", ". ", "[a]", "🙂", "or but ", "\t", "é",
    "\u2028", "\r\n", "x;", "-", " ", "**a**", '"', ",", "_", "~~~\n",
)  # fmt: skip


@hypothesis.given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_what_counts_take_of_each_other_every_text_has(text: str) -> None:
    if not text.strip():
        return
    counts = {of: next(most for most in range(99) if passes(grader(of, at_most=most), text)) for of in COUNTS}
    follows = least([Counted(of, "", count, None) for of, count in counts.items()])
    assert {of: count for of, count in follows.items() if count > counts[of]} == {}


@hypothesis.given(
    st.lists(
        st.tuples(st.sampled_from(COUNTS), st.integers(1, 3)), min_size=2, max_size=5, unique_by=lambda one: one[0]
    ),
    st.sampled_from(("characters", "lines", "spaced_words")),
    st.integers(0, 12),
)
@settings(max_examples=60)
def test_sets_of_counts_of_any_size_are_as_small_as_can_be_and_had_by_no_answer(
    some: list[tuple[str, int]], of: str, most: int
) -> None:
    counted = [Counted(name, "", number, None) for name, number in some]
    limit = Counted(of, "", 0, most)
    for kept, _ in together(counted, limit):
        left = [counted[at] for at in kept]
        assert all(least([one for one in left if one is not each]).get(of, 0) <= most for each in left)
        terms = [grader(of, at_most=most), *(grader(one.of, at_least=one.at_least) for one in left)]
        for text in islice(answers(terms), 0, None, 40):
            assert not all(passes(one, text) for one in terms), text


def assert_none_meets(three: tuple[Grader, Grader, Grader]) -> None:
    """No answer meets three terms, if they are told to clash."""
    if not told_together(three):
        return
    for text in islice(answers(three), 0, None, 7):
        assert not all(passes(one, text) for one in three), text


WHOLE = {
    "starts",
    "ends",
    "contains",
    "one_of",
    "keyword",
    "mentions",
    "omits",
    "lowercase",
    "uppercase",
    "words",
    "commas",
}
"""Checks of which everything is understood."""


def whole(one: Grader) -> bool:
    """Whether the grader is understood whole: of keywords nobody knows how many other texts bring along."""
    names = {setting.name for setting in one.settings}
    return one.check in WHOLE and not (one.check == "keyword" and "at_most" in names)


@hypothesis.given(graders().filter(whole), graders().filter(whole))
@settings(max_examples=settings().max_examples // 2)
def test_of_terms_that_are_understood_whole_some_answer_meets_two_that_are_not_told_to_clash(
    one: Grader, other: Grader
) -> None:
    alone = [any(passes(each, text) for text in answers((each,))) for each in (one, other)]
    if not all(alone) or first_clash(facts(one), facts(other)) is not None:
        return
    assert any(passes(one, text) and passes(other, text) for text in answers((one, other)))


def spoken() -> list[tuple[str, tuple[Grader, ...]]]:
    """The terms by which every instruction proves its grader, IFEval's and IFBench's among them, with their graders."""
    kind = registry.load("format")
    found: dict[str, tuple[Grader, ...]] = {}
    for name in catalogue.NAMES:
        for one in catalogue.load(name).tries:
            if one.level == "must" and one.terms not in found:
                spec = f'feature x "X" {{\n  X-1 format "X" {{ must {one.terms} }}\n}}\n'
                feature = feature_of(spec)
                found[one.terms] = tuple(kind.graders(feature.requirements[0], feature))
    return list(found.items())


def test_no_sample_of_any_instruction_meets_two_terms_that_are_told_to_clash() -> None:
    samples = [one.text for name in catalogue.NAMES for one in catalogue.load(name).tries]
    terms = spoken()
    passing: dict[str, set[int]] = {}
    claimed = 0
    for (one, first), (other, second) in combinations(terms, 2):
        clash = first_clash(*(tuple(fact for each in some for fact in facts(each)) for some in (first, second)))
        if clash is None or clash.way:
            continue
        claimed += 1
        for said, some in ((one, first), (other, second)):
            if said not in passing:
                passing[said] = {at for at, text in enumerate(samples) if all(passes(each, text) for each in some)}
        met = [samples[at] for at in passing[one] & passing[other]]
        assert not met, (one, other, clash, met)
        for text in islice(answers((*first, *second)), 0, 3000, 60):
            assert not all(passes(each, text) for each in (*first, *second)), (one, other, clash, text)
    assert claimed > 40


@pytest.mark.parametrize(
    "terms",
    [
        (("bullets", {"at_least": 3}), ("lines", {"at_most": 2})),
        (("paragraphs", {"at_least": 4}), ("spaced_words", {"at_most": 3})),
        (("unique_words", {"at_least": 9}), ("characters", {"at_most": 16})),
        (("conjunctions", {"at_least": 3}), ("words", {"at_most": 2})),
        (("links", {"at_least": 2}), ("characters", {"at_most": 13})),
        (("headings", {"at_least": 1}), ("is_json", {})),
        (("mentions", {"text": "one two three"}), ("mentions", {"text": "four five"}), ("words", {"at_most": 3})),
        (("mentions", {"text": "one two"}), ("mentions", {"text": "two three"}), ("words", {"at_most": 2})),
        (("bullets", {"at_least": 3}), ("headings", {"at_least": 2}), ("lines", {"at_most": 4})),
        (("bullets", {"at_least": 3}), ("headings", {"at_least": 2}), ("spaced_words", {"at_most": 4})),
        (("words", {"at_least": 4}), ("commas", {"at_least": 5}), ("characters", {"at_most": 8})),
        (("bullets", {"at_least": 2}), ("headings", {"at_least": 2}), ("code_blocks", {"at_least": 2}), ("lines", {"at_most": 5})),
        (("starts", {"text": "Dear guest,"}), ("ends", {"text": "Yours, Anna"}), ("spaced_words", {"at_most": 2})),
    ],
)  # fmt: skip
def test_these_are_told_and_one_step_less_is_not(terms: tuple[tuple[str, dict[str, Json]], ...]) -> None:
    def told(some: Sequence[tuple[str, dict[str, Json]]]) -> bool:
        read = [facts(grader(check, **given)) for check, given in some]
        if len(read) == 2:
            return first_clash(read[0], read[1]) is not None
        return told_together([grader(check, **given) for check, given in some])

    assert told(terms)
    assert not any(told(fewer) for size in range(2, len(terms)) for fewer in combinations(terms, size))
    *others, (check, given) = terms
    if "at_most" in given:
        assert isinstance(given["at_most"], int)
        assert not told([*others, (check, {"at_most": given["at_most"] + 1})])
