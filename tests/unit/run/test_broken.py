"""What a broken model says has the form that clients read, also as a stream."""

import json

import pytest

from speclang.run.drilling.broken import reply


@pytest.mark.parametrize(("how", "content"), [("null", None), ("empty", "")])
def test_a_reply_without_a_text_is_whole_in_either_form(how: str, content: str | None) -> None:
    whole = reply(how, "m", stream=False)
    assert (whole.status, whole.type) == (200, "application/json")
    assert json.loads(whole.body)["choices"][0]["message"]["content"] == content
    stream = reply(how, "m", stream=True)
    *events, last = stream.body.decode().strip().split("\n\n")
    assert (stream.type, last) == ("text/event-stream", "data: [DONE]")
    assert json.loads(events[0].removeprefix("data: "))["choices"][0]["delta"]["content"] == content


def test_half_a_reply_is_no_json_and_has_the_status_of_a_whole_one() -> None:
    found = reply("malformed", "m", stream=False)
    assert found.status == 200
    with pytest.raises(json.JSONDecodeError):
        json.loads(found.body)


@pytest.mark.parametrize(("how", "status"), [("server_error", 503), ("timeout", 504)])
def test_an_error_is_a_5xx(how: str, status: int) -> None:
    assert reply(how, "m", stream=False).status == status
