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
    ],
)
def test_who_may_ask(sandbox: SandboxClient, headers: dict[str, str], status: int) -> None:
    here = sandbox.address.removeprefix("http://")
    connection = http.client.HTTPConnection(here)
    sent = {name: value.format(here=here) for name, value in headers.items()}
    connection.request("POST", "/sandbox/fail", b"{}", sent)
    assert connection.getresponse().status == status
    connection.close()


def test_a_websocket_of_another_page_is_turned_away(sandbox: SandboxClient) -> None:
    connection = http.client.HTTPConnection(sandbox.address.removeprefix("http://"))
    upgrade = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
    key = {"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Origin": "https://example.com"}
    connection.request("GET", "/link/?ticket=x", headers=upgrade | key)
    assert connection.getresponse().status == 403
    connection.close()
