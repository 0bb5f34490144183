"""What a view returns: the text and the blocks of one message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Block = dict[str, Any]


@dataclass(frozen=True)
class Message:
    """One message for Slack.

    text: the whole message in plain words, figures included: it is what notifications show and screen readers read.
    blocks: Block Kit, as plain dicts (slack_sdk's View and ContainerBlock turn block types that they lack into None).
    """

    text: str
    blocks: tuple[Block, ...]
