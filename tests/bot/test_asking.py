"""AskModel a language model over the network: one question, one answer in good time, or none at all."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from bot.cannot_start import CannotStart
from bot.conversation.second_reading import Pointed, PutToModel
from bot.language_model import asking as module
from bot.language_model.asking import AskModel, asking
from bot.logs import Redacting
from bot.settings import Settings
from tests.support.fake_model import FakeModel, running_model, said

KEY = "sk-of-nobody-1234"
REPLY = PutToModel("in spring 20k calls a month, now 80k calls a month", "calls_per_month")
HELP = said("help")


@pytest.fixture(scope="module")
def model() -> Iterator[FakeModel]:
    with running_model() as running:
        yield running


@pytest.fixture(scope="module")
def connected(model: FakeModel) -> AskModel:
    """What asks it, warm, and with a second's patience."""
    ask = asking(Settings(llm_model="fake", llm_base_url=model.url, llm_api_key=KEY, llm_seconds=2))
    assert isinstance(ask, AskModel)
    ask.warm()
    return ask


@pytest.fixture
def ask(connected: AskModel, model: FakeModel) -> AskModel:
    """The same, rested."""
    connected._failures, connected._resting_until = 0, 0.0
    model.heard.clear()
    return connected


def test_only_the_question_and_the_reply_are_sent_in_one_request(ask: AskModel, model: FakeModel) -> None:
    model.says(said("answer", ("calls_per_month", "80k calls a month")))
    found = ask(REPLY)
    assert isinstance(found, Pointed)
    assert [(span.question, span.text) for span in found.spans] == [("calls_per_month", "80k calls a month")]
    assert model.asked() == [{"asked": "How many calls a month?", "reply": REPLY.text}]
    assert [message["role"] for message in model.heard[0]["messages"]] == ["system", "user"]
    assert model.heard[0].keys() <= {
        "model", "messages", "stream", "temperature", "max_completion_tokens", "response_format",
    }  # fmt: skip
    assert set(model.keys) == {f"Bearer {KEY}"}


def test_what_the_client_finds_in_the_environment_stays_there(
    model: FakeModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ORG_ID", "PROJECT_ID", "ADMIN_KEY", "API_KEY", "WEBHOOK_SECRET"):
        monkeypatch.setenv(f"OPENAI_{name}", "from-the-environment")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Mine: from-the-environment")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    model.says(HELP)
    from bot.language_model.endpoint import SENT_HEADERS

    model.headers.clear()
    ask = asking(Settings(llm_model="fake", llm_base_url=model.url))
    assert ask is not None
    ask.warm()
    assert ask(REPLY) is not None
    [sent] = model.headers
    assert sent.keys() <= {*SENT_HEADERS, "accept-encoding"}
    assert "from-the-environment" not in str(sent)
    assert sent["authorization"] == "Bearer none"


@pytest.mark.parametrize(
    "how",
    [
        {"status": 500},
        {"status": 429, "headers": {"Retry-After": "30"}},
        {"status": 401, "body": json.dumps({"error": {"message": f"Incorrect key: {KEY}"}}).encode()},
        {"status": 302, "headers": {"Location": "/v1/elsewhere"}},
        {"status": 307, "headers": {"Location": "/v1/elsewhere"}},
        {"content": "nonsense"},
        {"content": "{}"},
        {"content": said("accept")},
        {"body": b"<html>"},
        {"body": b"null"},
        {"body": b"\xff\xfe"},
        {"body": b'{"choices": []}'},
        {"body": b'{"choices": [{"message": {"content": null}}]}'},
        {"content": "[" * 100_000},
        {"content": HELP, "delay": 2.6},
        {"content": HELP, "drip": 0.05},
        {"content": HELP, "fill": 2_000_000},
        {"content": HELP, "packed": True},
    ],
    ids=lambda how: ", ".join(f"{name} {value!s:.20}" for name, value in how.items()),
)
def test_whatever_goes_wrong_is_no_answer_within_the_time_and_is_not_tried_again(
    ask: AskModel, model: FakeModel, how: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    model.says(**how)
    begun = time.monotonic()
    assert ask(REPLY) is None
    assert time.monotonic() - begun < 5
    assert len(model.heard) == 1
    assert model.elsewhere == []
    logged = "\n".join(map(logging.Formatter().format, caplog.records))
    assert "asking back instead" in logged
    assert KEY not in logged
    assert "80k" not in logged


def test_an_address_where_nobody_is_gives_no_answer() -> None:
    ask = asking(Settings(llm_model="fake", llm_base_url="http://127.0.0.1:9/v1", llm_seconds=1))
    assert ask is not None
    ask.warm()
    begun = time.monotonic()
    assert ask(REPLY) is None
    assert time.monotonic() - begun < 5


def test_a_model_that_is_down_is_left_alone_for_a_while(ask: AskModel, model: FakeModel) -> None:
    model.says(status=503)
    for _ in range(module.FAILURES_TAKEN + 5):
        assert ask(REPLY) is None
    assert len(model.heard) == module.FAILURES_TAKEN


def test_nonsense_is_no_reason_to_leave_it_alone(ask: AskModel, model: FakeModel) -> None:
    model.says("nonsense")
    for _ in range(module.FAILURES_TAKEN + 2):
        ask(REPLY)
    model.says(HELP)
    assert ask(REPLY) is not None


def test_several_threads_ask_at_once(ask: AskModel, model: FakeModel) -> None:
    model.says(HELP, delay=0.3)
    found: list[Pointed | None] = []
    threads = [threading.Thread(target=lambda: found.append(ask(REPLY))) for _ in range(4)]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert time.monotonic() - begun < 0.9
    assert [one is not None for one in found] == [True] * 4


def test_a_bug_of_ours_is_no_answer_and_its_text_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    def broken(asked: PutToModel) -> Pointed:
        raise RuntimeError(asked.text)

    assert AskModel(lambda: broken)(REPLY) is None
    assert "RuntimeError at" in caplog.text
    assert "80k" not in caplog.text


def test_nobody_is_asked_unless_a_model_is_set() -> None:
    assert asking(Settings(llm_api_key=KEY, llm_base_url="http://127.0.0.1:9/v1")) is None


def test_openai_itself_takes_no_questions_without_a_key() -> None:
    with pytest.raises(CannotStart, match="LLM_API_KEY is not set"):
        asking(Settings(llm_model="gpt-5-mini"))


def test_the_key_is_a_secret() -> None:
    settings = Settings(llm_model="fake", llm_api_key=KEY)
    assert KEY in settings.secrets
    assert KEY not in repr(settings)
    record = logging.LogRecord("x", logging.INFO, "", 1, f"sent {KEY} with api_key='abc'", (), None)
    assert Redacting(settings.secrets).format(record).count("[redacted]") == 2


WITHOUT_THE_EXTRA = """
import sys
for name in ("pydantic_ai", "openai", "httpx2"):
    sys.modules[name] = None
from bot.app import build_app
from bot.cannot_start import CannotStart
from bot.settings import Settings
common = dict(slack_bot_token="xoxb-1", slack_signing_secret="0" * 32, slack_api_url="http://127.0.0.1:9/",
    database_url=sys.argv[1])
try:
    build_app(Settings(**common, llm_model="fake", llm_base_url="http://127.0.0.1:9/v1"))
except CannotStart as why:
    print(why)
build_app(Settings(**common)).close()
print("started")
"""

WITH_THE_EXTRA = """
import sys
from bot.app import build_app
from bot.settings import Settings
build_app(Settings(slack_bot_token="xoxb-1", slack_signing_secret="0" * 32, slack_api_url="http://127.0.0.1:9/",
    database_url=sys.argv[1], llm_model="fake", llm_base_url="http://127.0.0.1:9/v1")).close()
print([name for name in ("pydantic_ai", "openai") if name in sys.modules])
"""


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (WITHOUT_THE_EXTRA, [module.NOT_INSTALLED, "started"]),
        (WITH_THE_EXTRA, ["[]"]),
    ],
    ids=["without", "with"],
)
def test_the_app_starts_without_the_extra_and_imports_it_only_when_it_asks(
    code: str, says: list[str], tmp_path: Any
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", code, f"sqlite:///{tmp_path / 'log.db'}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines() == says, done.stderr
