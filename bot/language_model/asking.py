"""Whether and how a language model is asked: only when one is set, in good time, and never so that anything fails.

What does the asking (:mod:`bot.language_model.endpoint`) is imported with the first question. It takes seconds, and an
extra that need not be installed.
"""

from __future__ import annotations

import importlib.util
import logging
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from bot.cannot_start import CannotStart
from bot.conversation.second_reading import Ask, Pointed, PutToModel
from bot.language_model.no_answer import NoAnswer
from bot.settings import OPENAI_API, Settings

log = logging.getLogger(__name__)

NEEDED = ("pydantic_ai", "openai", "httpx2")
NOT_INSTALLED = (
    "LLM_MODEL is set, but what asks a language model is not installed: run `python3 -m uv sync --extra llm` "
    "(or `pip install 'tune-or-prompt[llm]'`), or leave LLM_MODEL empty."
)
NO_KEY = f"LLM_API_KEY is not set: {OPENAI_API} takes no questions without one."
FAILURES_TAKEN = 3
"""After so many failures in a row nobody is asked for a while, so that a model that is down delays no reply."""
REST_SECONDS = 60.0


Done = TypeVar("Done")


Endpoint = Callable[[PutToModel], Pointed]
"""Asks once, within its time. Raises :class:`NoAnswer`."""


def asking(settings: Settings) -> Ask | None:
    """What asks the model of the settings; ``None`` when none is set. Raises :class:`CannotStart`."""
    if settings.llm_model is None:
        return None
    if any(importlib.util.find_spec(name) is None for name in NEEDED):
        raise CannotStart(NOT_INSTALLED)
    if settings.llm_api_key is None and settings.llm_base_url == OPENAI_API:
        raise CannotStart(NO_KEY)
    return AskModel(lambda: _endpoint(settings))


def _endpoint(settings: Settings) -> Endpoint:
    from bot.language_model.endpoint import endpoint

    key = settings.llm_api_key.get_secret_value() if settings.llm_api_key is not None else None
    assert settings.llm_model is not None
    return endpoint(
        settings.llm_model, address=settings.llm_base_url, key=key, seconds=float(settings.llm_seconds)
    )


@dataclass
class AskModel:
    """Asks an endpoint, which is made with the first question; whatever goes wrong is no answer."""

    connect: Callable[[], Endpoint]
    _endpoint: Endpoint | None = None
    _failures: int = 0
    _resting_until: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, asked: PutToModel) -> Pointed | None:
        """What the model says; ``None`` when it says nothing of use."""
        if time.monotonic() < self._resting_until:
            return None
        return self._safely(lambda: self._connected()(asked))

    def warm(self) -> None:
        """Import what asks, so that the first question is as quick as the others."""
        self._safely(self._connected)

    def _safely(self, work: Callable[[], Done]) -> Done | None:
        try:
            done = work()
        except NoAnswer as why:
            log.warning("the language model gave no answer (%s): asking back instead", why)
            self._count(why.passing)
            return None
        except Exception as bug:
            # Not with its message, which may quote the reply.
            where = traceback.extract_tb(bug.__traceback__)[-1]
            log.error(
                "asking the language model failed: %s at %s:%s",
                type(bug).__name__,
                where.filename,
                where.lineno,
            )
            self._count(True)
            return None
        self._failures = 0
        return done

    def _connected(self) -> Endpoint:
        with self._lock:
            if self._endpoint is None:
                self._endpoint = self.connect()
            return self._endpoint

    def _count(self, passing: bool) -> None:
        with self._lock:
            self._failures = self._failures + 1 if passing else 0
            if self._failures >= FAILURES_TAKEN:
                self._failures = 0
                self._resting_until = time.monotonic() + REST_SECONDS
                log.warning("the language model is not asked for %.0f seconds", REST_SECONDS)
