"""A library's desk with a tone that only a judge can tell, and a server on which it and its judge answer."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.fixtures.misbehaving import Misbehaving

SPEC = """\
feature desk "Library desk" {
  role "You are the help desk of a library."
  ask "May I keep it?"
  STY-1 style "Plain and warm" {
    tone   "plain and warm"
    banned "kindly"
    good   "Sure, keep it another week!", "You can have it until Friday."
    bad    "Your request has been processed."
  }
  FMT-1 format "Short" { must words <= 60 }
}
"""

STY, CASES = 3, 5
"""How many cases the tone has, and how many the feature."""

Body = dict[str, Any]


def settings(server: Misbehaving, *lines: str) -> str:
    """The model `small` and the judge `strong` on `server`; `lines` follow under `[judge]`."""
    at = f'use = "openai_api"\nat = "{server.url}"\nkey = "THE_KEY"\n'
    return (
        f'[targets.small]\nmodel = "m-1"\n{at}[targets.strong]\nmodel = "judge-1"\n{at}[judge]\ntarget = "strong"\n'
        + "".join(f"{line}\n" for line in lines)
    )


def put(folder: Path, server: Misbehaving, *lines: str) -> None:
    """Have the project in `folder` ask `server`."""
    (folder / "specc.toml").write_text(settings(server, *lines), encoding="utf-8")


def is_judge(body: Body) -> bool:
    return bool(body["model"] == "judge-1")


def votes(server: Misbehaving) -> list[Body]:
    """What the judge was asked."""
    return [one for one in server.requests if is_judge(one)]


def material(body: Body) -> str:
    """What the judge is shown."""
    return str(body["messages"][-1]["content"])


def shown_answer(body: Body) -> str:
    """The answer that the judge is to judge: what stands last between two lines with the mark."""
    text = material(body)
    mark = body["messages"][0]["content"].partition("with the mark ")[2].split()[0]
    return text.rpartition(f"<answer {mark}>\n")[2].partition(f"\n</answer {mark}>")[0]


def vote(verdict: str, quote: str, reason: str = "so it reads") -> str:
    return json.dumps({"quote": quote, "reason": reason, "verdict": verdict})


def desk(said: Callable[[Body], str], judge: Callable[[Body], str]) -> Callable[[Body], Body]:
    """A server's answers: those of the model, and those of the judge."""
    return lambda body: {"role": "assistant", "content": (judge if is_judge(body) else said)(body)}


def fair(body: Body) -> str:
    """A judge that lets pass what is warm."""
    answer = shown_answer(body)
    return vote("fail" if "processed" in answer or "filed" in answer else "pass", answer)
