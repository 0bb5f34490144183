"""Pages that somebody else wrote cannot use the sandbox of the person who opens them."""

from __future__ import annotations

import http.client
from collections.abc import Iterator

import pytest

from tests.support.sandbox_client import SandboxClient
from tests.support.sandboxed import running_sandbox


@pytest.fixture(scope="module")
def sandbox() -> Iterator[SandboxClient]:
    with running_sandbox() as client:
        yield client


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://{here}"}, 200),
        ({"Origin": "https://example.com"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Host": "localhost:80"}, 200),
        ({"Host": "rebound.example.com"}, 403),
        ({"Host": "["}, 403),
        ({"Host": "[::1"}, 403),
        ({"Origin": "http://["}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
    ],
)
def test_who_may_ask(sandbox: SandboxClient, headers: dict[str, str], status: int) -> None:
    here = sandbox.address.removeprefix("http://")
    connection = http.client.HTTPConnection(here)
    sent = {name: value.format(here=here) for name, value in headers.items()}
    connection.request("POST", "/sandbox/fail", b"{}", sent)
    assert connection.getresponse().status == status
    connection.close()


def ask(
    sandbox: SandboxClient, method: str, path: str, body: bytes = b"", **headers: str
) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(sandbox.address.removeprefix("http://"))
    connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def test_an_image_of_another_page_posts_nothing(sandbox: SandboxClient) -> None:
    path = "/api/chat.postMessage?token=xoxb-sandbox&channel=CMLPLAT&text=forged"
    image = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "image"}
    assert ask(sandbox, "GET", path, **image).status == 403
    assert all("forged" not in message["text"] for message in sandbox.messages("CMLPLAT"))


def test_a_link_on_another_page_leads_here(sandbox: SandboxClient) -> None:
    assert ask(sandbox, "GET", "/", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate").status == 200


@pytest.mark.parametrize("path", ["/", "/sandbox/state", "/nowhere"])
def test_no_page_may_hold_it_in_a_frame(sandbox: SandboxClient, path: str) -> None:
    assert ask(sandbox, "GET", path).getheader("Content-Security-Policy") == "frame-ancestors 'none'"


@pytest.mark.parametrize("levels", [200, 900, 100_000])
@pytest.mark.parametrize("path", ["/api/chat.postMessage", "/sandbox/fail", "/response/x", "/api/views.open"])
def test_nested_json_is_no_error_of_ours(sandbox: SandboxClient, path: str, levels: int) -> None:
    body = (
        b'{"token": "xoxb-sandbox", "channel": "CMLPLAT", "blocks": ' + b"[" * levels + b"]" * levels + b"}"
    )
    assert ask(sandbox, "POST", path, body, Content_Type="application/json").status < 500


def test_a_websocket_of_another_page_is_turned_away(sandbox: SandboxClient) -> None:
    connection = http.client.HTTPConnection(sandbox.address.removeprefix("http://"))
    upgrade = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
    key = {"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Origin": "https://example.com"}
    connection.request("GET", "/link/?ticket=x", headers=upgrade | key)
    assert connection.getresponse().status == 403
    connection.close()
