"""A target that is asked by the standard library alone is asked, and read, as the one at home, whatever its server does."""

import asyncio
import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import pytest

from speclang.grading.judging.question import SCHEMA
from speclang.project.asked.targets import Target as Stated
from speclang.run.asking import Later, Refused, Reply, Request, Target, Trouble, Unusable
from speclang.run.finding import Context, made
from speclang.run.remote.away import Address, Away
from tests.fixtures.misbehaving import Misbehaving, serving, words

KEY = "sk-planted-4711"
ASKED = Request(({"role": "user", "content": "Ünï \u2028 😀"},), (), 1, setting={"judge": {"answer": "x"}}, form=SCHEMA)


def home(url: str, use: str) -> Target:
    return made(
        Context(Stated("strong", use=use, model="m", at=url, key="THE_KEY", parameters={"temperature": 0}), Path(), KEY)
    )


def away(url: str, use: str, *, timeout: float = 5) -> Away:
    target = home(url, use)
    return Away(
        Address(
            name="strong",
            model="m",
            at=url,
            chat=use == "openai_api",
            identity=target.identity,
            remembers=target.remembers,
            key="THE_KEY",
            parameters={"temperature": 0},
            timeout=timeout,
        )
    )


def said(target: Target) -> tuple[Any, ...]:
    """What a target replies, or what it raises, with all that decides what becomes of it."""

    async def ask() -> Reply:
        try:
            return await target.ask(ASKED)
        finally:
            await target.close()

    try:
        reply = asyncio.run(ask())
    except Later as problem:
        return "later", problem.why, problem.seconds, problem.crowded
    except Trouble as problem:
        return type(problem).__name__, problem.why
    return reply.messages, reply.input_tokens, reply.output_tokens


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THE_KEY", KEY)


def bodies(server: Misbehaving) -> list[str]:
    return [json.dumps(one, sort_keys=True) for one in server.requests]


FAULTS = ["ok", "429", "429 2", "500", "503", "401", "404", "400", "half", "garbage", "huge", "deep", "drop"]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_model_is_asked_and_read_as_at_home(fault: str) -> None:
    with serving(words("yes"), fault, fault) as server:
        there, here = said(away(server.url, "openai_api")), said(home(server.url, "openai_api"))
        assert there[0] == here[0]
        if fault in ("half", "drop"):
            begun = f"the connection to {server.url}/chat/completions failed: "
            assert str(there[1]).startswith(begun), "each library has words of its own for what comes after"
        elif fault[0].isdigit():
            assert there[1:] == (
                str(here[1]).replace(f"{server.url}/ says", f"{server.url}/chat/completions says"),
                *here[2:],
            )
        else:
            assert there == here
        assert KEY not in str(there)
        first, second = bodies(server)
        assert first == second
        assert set(server.keys) == {f"Bearer {KEY}"}


def test_a_server_that_knows_no_form_is_asked_without_one_from_then_on() -> None:
    with serving(words("yes")) as server:
        server.formless = True
        target = away(server.url, "openai_api")
        assert said(target)[0] == said(target)[0] == ({"role": "assistant", "content": "yes"},)
        assert ["response_format" in one for one in server.requests] == [True, False, False]


class Turning(BaseHTTPRequestHandler):
    """Sends everybody elsewhere, or never ends, or packs what nobody wanted packed."""

    elsewhere: str = ""
    asked: ClassVar[list[str]] = []

    def log_message(self, *_: object) -> None:
        return

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        Turning.asked.append(f"{self.path} {self.headers.get('Authorization', '')}")
        if self.path.startswith("/turn"):
            self.send_response(307)
            self.send_header("Location", f"{Turning.elsewhere}/there")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(200)
        if self.path.startswith("/packed"):
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        if self.path.startswith("/slow"):
            for _ in range(100):
                self.wfile.write(b" " * 70_000)
        self.wfile.write(b'{"text": "yes"}')


@pytest.fixture
def turning() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Turning)
    Turning.elsewhere = f"http://localhost:{server.server_port}"
    Turning.asked = []
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_the_key_goes_to_no_other_address(turning: str) -> None:
    found = said(away(f"{turning}/turn", "http"))
    assert found[0] == "Refused"
    assert "says 307" in found[1]
    assert Turning.asked == [f"/turn Bearer {KEY}"]


def test_what_is_packed_or_takes_too_long_is_no_reply(turning: str) -> None:
    assert said(away(f"{turning}/packed", "http")) == ("Refused", "the reply is packed, which was not asked for")
    assert said(away(f"{turning}/slow", "http", timeout=0.0001))[0] == "later"
    assert said(away(f"{turning}/text", "http"))[0] == ({"role": "assistant", "content": "yes"},)


def test_an_address_that_is_none_and_a_key_that_is_not_set_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(away("http://127.0.0.1:1/v1", "openai_api"))[:1] == ("later",)
    monkeypatch.delenv("THE_KEY")
    why = "`THE_KEY` is not set; it should hold the key for the target `strong`"
    assert said(away("http://127.0.0.1:1/v1", "openai_api")) == (Unusable.__name__, why)
    assert issubclass(Unusable, Trouble)
    assert issubclass(Refused, Trouble)
