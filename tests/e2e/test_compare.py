"""`specc compare` by the list of what has to work: two runs, what they were asked within, and what was said and done in each."""

from pathlib import Path

from speclang.assure.comparing.envelope import Envelope, read
from speclang.assure.comparing.rebuilding import rebuilt
from speclang.assure.course import parts
from speclang.assure.evidence import opened
from speclang.engine.compiling import Opened, open_project
from speclang.run.store.database import Store
from speclang.source.hashing import digest
from tests.fixtures.commands import KEY, Say
from tests.fixtures.recorded import records


def enveloped(store: Store, run: int) -> Envelope:
    found = read(store.details.envelope(run))
    assert found is not None
    return found


def change(project: Path, one: str, other: str) -> None:
    spec = project / "specs/first.spec"
    text = spec.read_text("utf-8")
    assert one in text
    spec.write_text(text.replace(one, other), encoding="utf-8")


def prompts(project: Opened) -> list[str]:
    return [one.prompt for one in parts(project, "", lambda *_: True)]


def test_any_run_can_be_had_again_as_it_was_prompt_and_cases_and_all(project: Path, specc: Say) -> None:
    records(project)
    prompt = project / "generated/first/prompt.md"
    specc("eval")
    first = prompt.read_text("utf-8")
    change(project, "words <= 60", "words <= 40")
    specc("build")
    edited = prompt.read_text("utf-8").replace("help desk", "front desk")
    prompt.write_text(edited, encoding="utf-8")
    specc("eval")
    change(project, "words <= 40", "words <= 20")
    specc("build")
    today = open_project(project)
    store = opened(today)
    found = [enveloped(store, run) for run in (1, 2)]
    again = [rebuilt(today, one, store).project for one in found]
    assert again[0] is not None
    assert again[1] is not None
    assert [prompts(one) for one in again if one is not None] == [[first], [edited]]
    assert [[one.built for one in each.features] for each in found] == [[True], [False]]
    lock = {one.path: one.text for one in again[0].compiled.artifacts}
    assert lock["generated/first/prompt.md"] == first
    store.close()


def test_an_envelope_holds_no_key_and_costs_nothing_for_each_answer(project: Path, specc: Say) -> None:
    records(project)
    with (project / "specc.toml").open("a", encoding="utf-8") as settings:
        settings.write(
            f'[targets.other]\nuse = "openai_api"\nmodel = "m"\nkey = "THE_KEY"\nparameters = {{ user = "{KEY}" }}\n'
        )
    for count in ("1", "3"):
        specc("eval", "--target", "then", "--repeat", count)
    store = opened(open_project(project))
    one, other = (enveloped(store, run) for run in (1, 2))
    assert one.texts == other.texts
    assert KEY not in repr((one, other, store.details.texts(one.texts)))
    assert digest((project / "specs/first.spec").read_text("utf-8")) in {hash for _, hash in one.sources}
    store.close()
