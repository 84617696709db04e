"""Requests for OpenAI's Batch API, one on each line; `specc score` reads what comes back.

`custom_id` is the case, the prompt and the repetition: `REF-1/nominal|refunds|1`, or `REF-1/nominal|refunds.small|1` for the prompt of a
target.
"""

from ...plan.case import Case
from ...source.hashing import Json
from ..literals import json_text
from ..material import Files, Loss, Material, at_once, functions, messages, system

WRITES = "requests for OpenAI's Batch API, whose results `specc score` reads"
TOOL = "a batch of OpenAI's"
GRADES = False

MOST = 50_000
"""How many requests a file may have."""


def files(material: Material) -> Files:
    """One file, and what a single request can't ask."""
    asked = [case for case in material.cases if at_once(case)]
    lines = [
        _request(material, case, number) for case in asked for number in range(1, (material.repeat or case.times) + 1)
    ]
    return Files({"batch.jsonl": "".join(f"{json_text(one)}\n" for one in lines)}, tuple(_losses(material, len(lines))))


def _request(material: Material, case: Case, number: int) -> Json:
    body: dict[str, Json] = {
        "model": material.model,
        "messages": [{"role": "system", "content": system(material.prompt, case)}, *messages(case)],
    }
    if material.feature.tools:
        body["tools"] = functions(material)
    return {
        "custom_id": f"{case.id}|{material.name}{'.' if material.target else ''}{material.target}|{number}",
        "method": "POST",
        "url": "/v1/chat/completions",
        "body": body,
    }


def _losses(material: Material, lines: int) -> list[Loss]:
    found: list[Loss] = []
    left = [case.id for case in material.cases if not at_once(case)]
    if left:
        found.append(
            Loss(
                f"{len(left):,} of {len(material.cases):,} cases of `{material.name}`",
                f"the user speaks again after an answer in {', '.join(f'`{one}`' for one in left[:3])}"
                + (f" and {len(left) - 3:,} more" if len(left) > 3 else "")
                + "; one request can't ask that",
                "run these cases in another tool: `inspect-ai` and `pytest` hold conversations",
            )
        )
    if material.feature.tools:
        found.append(
            Loss(
                f"what tools give back in `{material.name}`",
                "a batch ends with the first answer: calls are seen and judged, and nothing comes back from them",
                "judge what follows a call in another tool",
            )
        )
    if lines > MOST:
        found.append(
            Loss(f"the batch of `{material.name}`", f"it has {lines:,} requests; a file may have {MOST:,}", "split it")
        )
    return found
