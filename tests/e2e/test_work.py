"""What a run costs beside the model, counted: what is said to the database, what is loaded, what is looked up. Nothing is timed."""

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from speclang.assure.aims import aim_at
from speclang.assure.evaluate import _Evaluation
from speclang.assure.outcome import Wish
from speclang.engine.compiling import open_project
from speclang.run.store.database import Store
from speclang.run.store.link import to_file
from tests.fixtures.commands import Say

PACKAGE = Path(__file__).parents[2]
CASES = 8


def test_a_thousand_answers_cost_so_many_statements_and_commits(
    project: Path, specc: Say, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert specc("build")[0] == 0
    link = to_file(tmp_path_factory.mktemp("store") / "answers.db")
    said: list[str] = []
    link._raw.set_trace_callback(said.append)  # type: ignore[attr-defined] # of SQLite's own driver
    store = Store(link)
    wish = Wish(repeat=125, concurrency=8)
    _Evaluation(open_project(project), aim_at(lambda _: "It is renewed."), None, wish, store, None).run()
    counted = Counter(re.split(r"[(\s]", one.replace("INTO ", ""), maxsplit=2)[1] for one in said if "INSERT" in one)
    commits = said.count("COMMIT")
    store.close()
    assert counted['"arrived"'] == counted['"answers"'] == counted['"run_answers"'] == 1000
    assert counted['"replies"'] == said.count('DELETE FROM "arrived"') == 1, (
        "replies are put in their places with the answers"
    )
    # Each record differs by its number; the reply, the prompt, and who was asked are one text each.
    assert counted['"texts"'] <= 1000 + 5
    # A commit for the replies that come at once, as many as are asked for at a time, and few besides.
    assert commits <= 1000 / 8 + 10
    assert len(said) <= sum(counted.values()) + 2 * commits + 10, "nothing else is said"


RUN = """
import json, sys
from speclang.cli.main import main
code = main(["eval"])
sys.stderr.write(json.dumps([code, [name for name in ("sqlalchemy", "alembic", "openai", "httpx2") if name in sys.modules]]))
"""


def test_an_application_is_run_without_what_only_servers_and_questions_need(project: Path, specc: Say) -> None:
    (project / "app.py").write_text("def answer(request):\n    return 'It is renewed.'\n", encoding="utf-8")
    (project / "specc.toml").write_text('[targets.app]\nuse = "callable"\nat = "app:answer"\n', encoding="utf-8")
    assert specc("build")[0] == 0
    for _ in ("a new store", "the same again"):
        ran = subprocess.run(
            [sys.executable, "-c", RUN],
            cwd=project,
            env={"PYTHONPATH": str(PACKAGE), "PATH": ""},
            capture_output=True,
            text=True,
            check=False,
        )
        code, loaded = json.loads(ran.stderr)
        assert (code in (0, 1), loaded) == (True, []), ran.stdout
