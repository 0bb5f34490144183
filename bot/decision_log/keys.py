"""The keys under which tokens are kept: encrypted, and each bound to the installation whose it is.

What encrypts knows no context: a ciphertext would open in any row. So whose it is stands in the text itself.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

KEY_ID = 8
"""Hex digits by which a key is told from others without giving it away."""


class CannotUnseal(Exception):
    """None of our keys opens it, or it was sealed for something else. Says which, and shows nothing of it."""


class Keys:
    """One key or more, the newest first: that one seals, any of them opens. Safe to share between threads."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._all = MultiFernet([Fernet(key) for key in keys])
        self.newest = hashlib.sha256(keys[0].encode()).hexdigest()[:KEY_ID]
        """The name of the key that seals, for :attr:`the row <bot.decision_log.tables.installations>`."""

    def sealed(self, whose: str, secrets: Mapping[str, str], now: datetime) -> str:
        """The secrets as they may be kept, for nobody but ``whose``."""
        text = json.dumps({"whose": whose, "secrets": dict(secrets)})
        return self._all.encrypt_at_time(text.encode(), int(now.timestamp())).decode("ascii")

    def opened(
        self, whose: str, sealed: str, *, now: datetime | None = None, seconds: int | None = None
    ) -> dict[str, str]:
        """The secrets again; with ``seconds`` only if they were sealed no longer ago than that.

        Raises :class:`CannotUnseal`.
        """
        try:
            token = sealed.encode("ascii")
            if seconds is None or now is None:
                text = self._all.decrypt(token)
            else:
                text = self._all.decrypt_at_time(token, seconds, int(now.timestamp()))
        except (InvalidToken, UnicodeEncodeError):
            raise CannotUnseal("none of the keys opens it") from None
        found = json.loads(text)
        if found["whose"] != whose:
            raise CannotUnseal(f"it was sealed for something else than {whose}")
        return {str(name): str(value) for name, value in found["secrets"].items()}

    def sealed_anew(self, sealed: str) -> str:
        """The same under the newest key. Raises :class:`CannotUnseal`."""
        try:
            return self._all.rotate(sealed.encode("ascii")).decode("ascii")
        except InvalidToken:
            raise CannotUnseal("none of the keys opens it") from None


def new_key() -> str:
    """A key of its own, to be kept where other secrets are."""
    return Fernet.generate_key().decode("ascii")
