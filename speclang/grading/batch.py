"""A result of OpenAI's Batch API as a recorded answer, where `specc export openai-batch` wrote the request.

In: a line of the file of results. Out: the same as a line of recorded answers; what the user said is the case's to tell.
"""

from collections.abc import Mapping, Sequence

from ..source.hashing import Json
from .messages import Malformed

_MEASURED = {"tokens": "completion_tokens", "input_tokens": "prompt_tokens"}


def is_result(line: Mapping[str, Json]) -> bool:
    """Whether `line` is a result of a batch."""
    return "custom_id" in line and "response" in line


def unpacked(line: Mapping[str, Json]) -> Mapping[str, Json]:
    """The answer that a result holds. Raises `Malformed`, also for a request that failed."""
    id = line.get("custom_id")
    parts = id.rsplit("|", 2) if isinstance(id, str) else []
    if len(parts) != 3 or not parts[2].isdecimal() or len(parts[2]) > 9:
        raise Malformed("its `custom_id` is none that `specc export openai-batch` writes")
    case, prompt, number = parts
    response = line.get("response")
    status = response.get("status_code") if isinstance(response, Mapping) else None
    body = response.get("body") if isinstance(response, Mapping) else None
    if status != 200 or not isinstance(body, Mapping):
        raise Malformed(f"the request failed: {_why(line, body)}")
    choices = body.get("choices")
    first = choices[0] if isinstance(choices, Sequence) and not isinstance(choices, str) and choices else None
    message = first.get("message") if isinstance(first, Mapping) else None
    if not isinstance(message, Mapping):
        raise Malformed("the response has no `choices[0].message`")
    usage = body.get("usage")
    spent = usage if isinstance(usage, Mapping) else {}
    return {
        "feature": prompt.partition(".")[0],
        "case": case,
        "model": body.get("model"),
        "sample": int(number),
        "messages": [{"role": "assistant", **message}],
        "measured": {name: spent.get(theirs) for name, theirs in _MEASURED.items()},
    }


def _why(line: Mapping[str, Json], body: Json) -> str:
    """The message of an error, wherever it stands."""
    for holder in (line, body):
        error = holder.get("error") if isinstance(holder, Mapping) else None
        said = error.get("message") if isinstance(error, Mapping) else error
        if isinstance(said, str) and said:
            return said[:200]
    return "it says no more"
