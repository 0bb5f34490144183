"""What a form carries says in which channel it was opened: sealed, so that only what we wrote ourselves is believed."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

LENGTH = 32


class NotOurs(Exception):
    """A form carries what we did not write; or what we wrote for another installation of the app."""


def sealed(carried: str, token: str) -> str:
    """What a form is to carry, with our seal before it. ``token``: of the installation, which nobody else knows."""
    return _seal(carried, token) + carried


def carried_in(metadata: str, token: str) -> Mapping[str, Any]:
    """What a form carries, under our seal. Raises :class:`NotOurs`."""
    seal, carried = metadata[:LENGTH], metadata[LENGTH:]
    if not seal.isascii() or not hmac.compare_digest(seal, _seal(carried, token)):
        raise NotOurs
    found = json.loads(carried or "{}")
    return found if isinstance(found, dict) else {}


def _seal(carried: str, token: str) -> str:
    key = hashlib.sha256(b"forms of " + token.encode()).digest()
    return hmac.new(key, carried.encode(), hashlib.sha256).hexdigest()[:LENGTH]
