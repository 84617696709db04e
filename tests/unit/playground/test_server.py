"""Who the playground's server answers, and what it says to everybody else."""

import http.client
import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from speclang.playground.guard import MOST
from speclang.playground.server import HOST, Server
from speclang.playground.shelf import MOST as PAGES
from speclang.playground.shelf import Shelf
from tests.strategies.playground import Client, Page, project, serving


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("playground")
    with serving(folder, project(tmp_path_factory.mktemp("project"))) as one:
        yield one


OPEN = b'{"example":""}'

STRANGERS: list[tuple[str, dict[str, str | None], int]] = [
    ("no token", {"Authorization": None}, 401),
    ("another token", {"Authorization": "Bearer x"}, 401),
    ("a token that is no text", {"Authorization": "Bearer \u00ff"}, 401),
    ("a name that leads here by its DNS", {"Host": "rebound.example"}, 421),
    ("no name", {"Host": None}, 421),
    ("the name without its port", {"Host": HOST}, 421),
    ("a page of another site", {"Origin": "http://elsewhere.example"}, 403),
    ("a page of another port", {"Origin": f"http://{HOST}:1"}, 403),
    ("a page from a file", {"Origin": "null"}, 403),
    ("a browser that says that it comes from elsewhere", {"Sec-Fetch-Site": "cross-site"}, 403),
    ("a form", {"Content-Type": "text/plain"}, 415),
    ("no length", {"Content-Length": None}, 411),
    ("a length that is none", {"Content-Length": "-1"}, 411),
    ("pieces", {"Transfer-Encoding": "chunked"}, 411),
    ("too much", {"Content-Length": str(MOST + 1)}, 413),
    ("far too much", {"Content-Length": "9" * 40}, 413),
]


@pytest.mark.parametrize(("who", "headers", "status"), STRANGERS, ids=[who for who, *_ in STRANGERS])
def test_a_stranger_is_not_answered(client: Client, who: str, headers: dict[str, str | None], status: int) -> None:
    said, sent, body = client.request("POST", "/api/open", OPEN, **headers)
    assert said == status
    assert set(json.loads(body)) == {"why"}
    assert client.server.guard.token.encode() not in body
    assert sent["connection"] == "close"


def test_the_page_itself_is_given_to_whoever_names_this_machine_and_holds_no_secret(client: Client) -> None:
    status, headers, body = client.request("GET", "/")
    assert status == 200
    assert client.server.guard.token.encode() not in body
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    again = client.request("GET", "/")[1]["content-security-policy"]
    assert again != policy, "a nonce is of one page"
    assert client.request("GET", "/", Host="rebound.example")[0] == 421


@pytest.mark.parametrize(
    "path", ["/page.js", "/page.css", "/icon.svg", "/licences.txt"], ids=lambda path: str(path).strip("/")
)
def test_the_files_of_the_page_are_there(client: Client, path: str) -> None:
    status, _, body = client.request("GET", path)
    assert status == 200
    assert body
    assert client.request("HEAD", path)[2] == b""


@pytest.mark.parametrize(
    "path",
    [
        "/../server.py",
        "/..%2fserver.py",
        "//etc/passwd",
        "/page.html",
        "/api/open",
        "/page.js/",
        "http://x/page.js",
        "*",
    ],
)
def test_nothing_else_is(client: Client, path: str) -> None:
    assert client.request("GET", path)[0] == 404


@pytest.mark.parametrize(
    "file", ["../specc.toml", "/etc/passwd", "specc.toml", "specs/../specs/desk.spec", "specs/none.spec", ""]
)
def test_only_a_spec_of_the_project_can_be_read_or_written(client: Client, file: str) -> None:
    page = Page(client)
    for method in ("file", "hold", "words", "save", "look", "hover", "keep"):
        assert page.refused(method, file=file, text="", at=0)[0] == 404, method


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b"\xff", b"[" * 100_000, b'{"page":1}', b'{"page":"x","version":NaN}'],
    ids=lambda body: repr(body[:12]),
)
def test_what_is_no_question_is_refused(client: Client, body: bytes) -> None:
    assert client.request("POST", "/api/look", body)[0] in (400, 410)


@pytest.mark.parametrize(
    "changes",
    [None, 3, [[0, 1]], [[1, 0, ""]], [[-1, 0, ""]], [[0, 0, 1]], [[5, 6, ""], [0, 1, ""]], [["a", 0, ""]]],
    ids=repr,
)
def test_changes_that_make_no_sense_change_nothing(client: Client, changes: object) -> None:
    page = Page(client)
    assert page.refused("edit", changes=changes)[0] == 400
    assert page.ask("file")["text"] == page.text


def test_a_question_of_another_name_is_refused(client: Client) -> None:
    assert Page(client).refused("eval") == (404, "nothing is called `eval`")
    assert client.request("PUT", "/api/open", OPEN)[0] == 501


def test_a_page_that_was_opened_long_ago_makes_room(client: Client) -> None:
    first = Page(client)
    for _ in range(PAGES):
        client.ask("open", example="")
    status, why = first.refused("look")
    assert status == 410
    assert "closed" in why


def test_many_ask_at_one_time_and_each_is_answered(client: Client) -> None:
    pages = [Page(client) for _ in range(4)]
    found: list[str] = []

    def typing(page: Page, number: int) -> None:
        for step in range(5):
            page.edit('"Renewal' if not step else f'"Renewal {number}.{step - 1}', f'"Renewal {number}.{step}')
            page.look()
        found.append(page.panes["shape"][-3][5])

    threads = [Thread(target=typing, args=(page, number)) for number, page in enumerate(pages)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert sorted(found) == [f"rule  Renewal {number}.4" for number in range(4)]


def test_lines_that_are_no_request_are_told_so(client: Client) -> None:
    with socket.create_connection((HOST, client.server.server_port), timeout=10) as wire:
        wire.sendall(b"\x16\x03\x01 <script>\r\n\r\n")
        said = wire.recv(4096)
    assert b"400" in said
    assert b"script" not in said


def test_only_this_machine_is_listened_to(client: Client) -> None:
    assert client.server.socket.getsockname()[0] == "127.0.0.1"


def test_a_port_that_is_taken_is_told_in_words(client: Client, tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "speclang", "serve", "--playground", "--port", str(client.server.server_port)],
        cwd=tmp_path,
        env={"PYTHONPATH": str(Path(__file__).parents[3]), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ran.returncode == 2
    assert ran.stderr.startswith(f"specc: port {client.server.server_port} is taken by another program;")


def test_an_end_lets_go_of_the_port(tmp_path: Path) -> None:
    with serving(tmp_path) as client:
        port = client.server.server_port
        assert client.request("GET", "/")[0] == 200
    with pytest.raises(ConnectionError):
        http.client.HTTPConnection(HOST, port, timeout=5).request("GET", "/")
    with Server(Shelf(None, tmp_path), port, lambda _: None):
        pass
