"""Our own checks as one file: nothing but what is used, and the same verdicts as from their modules."""

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from speclang.engine.exporting.material import source
from speclang.engine.pipeline import compile_texts
from speclang.export.bundle.bundle import Bundle, Source, bundle
from speclang.export.bundle.reading import NotBundled
from speclang.kinds.format import catalogue
from speclang.kit.answer import Answer, Said
from speclang.kit.checks import CHECKS, find
from speclang.project.config import Config
from speclang.source.text import SourceText

EVERY = [(f"kit.checks.{file}", name) for name, file in CHECKS.items()]


def loaded(made: Bundle, path: Path, name: str) -> ModuleType:
    path.write_text(made.text, encoding="utf-8")
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def of(**modules: str) -> Callable[[str], Source | None]:
    return lambda name: (modules[name], False) if name in modules else None


def test_every_check_says_the_same_as_from_its_module(tmp_path: Path) -> None:
    made = bundle(source, [*EVERY, ("kit.answer", "Answer"), ("kit.answer", "Said")])
    module = loaded(made, tmp_path / "every.py", "specc_every_check")
    texts = [
        "", "Hello there. How are you?", "1. One\n2. Two\n\n* a\n* b", '{"a": [1, 2]}', "I'm sorry, I can't help with that.",
        "**Bold** and `code` — “quoted” 😀", "a,b\n1,2", "<a><b/></a>", "Guten Tag, wie geht es Ihnen heute an diesem Morgen?",
    ]  # fmt: skip
    tried = 0
    for file, name in EVERY:
        ours, theirs = find(name), getattr(module, made.names[file, name])
        assert ours is not None
        for text in texts:
            try:
                said = ours(Answer(text))
            except TypeError:  # it needs settings: the samples of kinds, below, have them
                break
            there = theirs(module.Answer(text))
            assert (there.passed, there.reason) == (said.passed, said.reason), name
            tried += 1
    assert tried > 200


def test_every_sample_of_format_is_judged_the_same(tmp_path: Path) -> None:
    made = bundle(source, [*EVERY, ("kit.answer", "Answer"), ("kit.answer", "Said")])
    module = loaded(made, tmp_path / "samples.py", "specc_every_sample")
    judged = 0
    for name in catalogue.NAMES:
        for one in catalogue.load(name).tries:
            spec = f'feature s "S" {{\n  X-1 format "S" {{\n    {one.level} {one.terms}\n  }}\n}}\n'
            for grader in compile_texts([SourceText("s.spec", spec)], Config()).plan.features[0].graders:
                settings = {setting.name: setting.value for setting in grader.settings}
                ours = find(grader.check)
                theirs = getattr(module, made.names[f"kit.checks.{CHECKS[grader.check]}", grader.check])
                assert ours is not None
                steps = (module.Said("user", one.user),) if one.user else ()
                here = ours(Answer(one.text, (Said("user", one.user),) if one.user else ()), **settings)
                there = theirs(module.Answer(one.text, steps), **settings)
                assert (there.passed, there.reason) == (here.passed, here.reason), (name, one.text)
                judged += 1
    assert judged > 150


def test_only_what_is_used_is_there_and_in_the_same_order_each_time() -> None:
    made = bundle(source, [("kit.checks.counts", "words")])
    assert made.text == bundle(source, [("kit.checks.counts", "words")]).text
    assert "def words(" in made.text
    assert "def sentences(" not in made.text
    assert "from ." not in made.text
    assert dict(made.libraries) == {}


def test_two_names_that_are_one_are_told_apart() -> None:
    one = '"""One."""\n\n\ndef _found(text: str) -> str:\n    return text\n\n\ndef one(text: str) -> str:\n    return _found(text)\n'
    two = (
        '"""Two."""\n\nfrom .one import one\n\n\ndef _found(text: str) -> str:\n    return one(text) + "!"\n\n\n'
        "def two(text: str) -> str:\n    return _found(text)\n"
    )
    made = bundle(of(one=one, two=two), [("two", "two")])
    space: dict[str, Callable[[str], str]] = {}
    exec(made.text, space)  # noqa: S102 - it is ours
    assert space["two"]("a") == "a!"
    assert "def _one_found(" in made.text
    assert "def _two_found(" in made.text


def test_a_name_of_a_function_hides_that_of_the_module_in_it_alone() -> None:
    text = (
        '"""One."""\n\nword = "module"\n\n\ndef own(word: str) -> list[str]:\n'
        "    return [word for word in [word]] + [other(word) for other in (str,)]\n\n\n"
        "def whole() -> str:\n    return word\n"
    )
    made = bundle(of(one=text), [("one", "own")])
    assert "module" not in made.text.replace("One", "")
    assert 'word = "module"' in bundle(of(one=text), [("one", "whole")]).text


def test_a_name_that_nothing_binds_is_refused_rather_than_left_out() -> None:
    with pytest.raises(NotBundled, match="`missing`"):
        bundle(of(one='"""One."""\n\n\ndef one() -> int:\n    return missing\n'), [("one", "one")])
