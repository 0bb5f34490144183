"""Logging: one line an event on standard error, with every secret taken out, wherever it comes from."""

from __future__ import annotations

import datetime
import json
import logging
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

REDACTED = "[redacted]"
LIBRARIES = (
    "slack_sdk",
    "slack_bolt",
    "alembic",
    "httpx",
    "matplotlib",
    "PIL",
    "httpx2",
    "httpcore2",
    "openai",
    "opentelemetry",
    "pydantic_ai",
    "urllib3",
    "waitress",
    "websockets",
)
SAID_BY_US = ("slack_sdk.web", "slack_sdk.web.base_client", "slack_sdk.webhook", "opentelemetry")
"""What fails in a call is said once, by whoever made the call, who knows what follows from it.

The client looks at its own level alone: without one it writes each call and its answer out as text, for nobody.
"""

_SECRETS = (
    re.compile(r"\b(?:xox[a-z](?:\.xox[a-z])?|xapp|xwfp)-[\w.-]+"),  # every kind of Slack token
    re.compile(r"\bv0=[0-9a-f]{64}\b"),  # a request signature
    re.compile(r"\b\d{6,}\.\d{6,}\.[0-9a-f]{16,}\b"),  # a trigger id
    re.compile(
        r"(?i)https?://hooks\.slack[\w.-]*(?::\d+)?/\S*?(?=[\s'\",)>\]}]|$)"
    ),  # a response_url, a webhook
    re.compile(r"(?<=ticket=)[^\s&'\"]+"),  # of a Socket Mode link
    # The user and password of a URL, up to the last @ that may end them: a password may hold an @ or a slash itself.
    re.compile(r"(?<=://)(?:[^\s/:@]*:\S+|[^\s/]+)(?=@)"),
    re.compile(r"(?i)(?<=bearer )[^\s'\",]+"),
)
_DATABASE = re.compile(r"(?i)\b(postgres(?:ql)?(?:\+\w+)?://)[^\s/:@]*:.*(?=@)")
"""The same of a database, whose password may be anything, spaces and all."""
_FIELD = re.compile(
    r"""(?ix) (["']? \b (?: token | bot_token | app_token | access_token | refresh_token | signing_secret
        | client_secret | api_key | llm_api_key | response_url | trigger_id | authorization
        | (?:pg)?password ) \b ["']? \s* [:=] \s* )
        ( " (?:[^"\\]|\\.)* " | ' (?:[^'\\]|\\.)* ' | [^\s,&;}\])]+ )"""
)


def redact(text: str, secrets: Iterable[str] = ()) -> str:
    """The text without tokens, signatures, trigger ids, response URLs, passwords, and ``secrets``."""
    for secret in secrets:
        text = text.replace(secret, REDACTED)
    text = _DATABASE.sub(rf"\1{REDACTED}", text)
    for pattern in _SECRETS:
        text = pattern.sub(REDACTED, text)
    return _FIELD.sub(rf"\1{REDACTED}", text)


REQUEST: ContextVar[str] = ContextVar("request", default="")
"""The id of the request that is worked on in this context."""


@contextmanager
def working_on(request: str) -> Iterator[None]:
    """While the block lasts, what is logged is of the request with this id; of none where it is empty."""
    before = REQUEST.set(request)
    try:
        yield
    finally:
        REQUEST.reset(before)


class Redacting(logging.Formatter):
    """Formats a record, traceback and all, and then redacts it: nothing that is written escapes."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s%(of_request)s: %(message)s")
        self._secrets = tuple(secrets)

    def format(self, record: logging.LogRecord) -> str:
        record.of_request = f" [{REQUEST.get()}]" if REQUEST.get() else ""
        return redact(super().format(record), self._secrets)


class AsJson(Redacting):
    """The same as an object a line: at, level, logger, said, and the request where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "at": datetime.datetime.fromtimestamp(record.created, datetime.UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "said": redact(record.getMessage(), self._secrets),
        }
        if REQUEST.get():
            told["request"] = REQUEST.get()
        if record.exc_info:
            told["trace"] = redact(self.formatException(record.exc_info), self._secrets)
        return json.dumps(told, ensure_ascii=False)


class Quiet(logging.Filter):
    """Lets nothing of the libraries through below a level: Bolt's own loggers take theirs from the root's."""

    def __init__(self, level: int) -> None:
        super().__init__()
        self._level = level

    def filter(self, record: logging.LogRecord) -> bool:
        return record.levelno >= self._level or not record.name.startswith(LIBRARIES)


def set_up_logging(level: str, secrets: Iterable[str] = (), *, as_json: bool = False) -> None:
    """Log to standard error from ``level`` on, in lines of text or of JSON.

    Libraries stay one step quieter: at DEBUG they print requests.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(AsJson(secrets) if as_json else Redacting(secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    quieter = logging.INFO if level == "DEBUG" else max(logging.WARNING, logging.getLevelName(level))
    for name in LIBRARIES:
        logging.getLogger(name).setLevel(quieter)
    for name in SAID_BY_US:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    handler.addFilter(Quiet(quieter))
