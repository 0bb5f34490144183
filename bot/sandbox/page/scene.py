"""What the drawing code may know besides the block itself: names, files, and what time it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Scene:
    """Names to draw with. `now` is an aware time in the zone in which times are shown.

    `users` and `channels` map ids to names, `files` maps file ids to the address of an image on this server,
    `viewer` is the person who looks, `here` the channel in which they opened the form that is drawn.
    """

    now: datetime
    users: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    viewer: str = ""
    here: str = ""
