"""A small synchronous client of the sandbox's control API, for tests that drive the app from outside."""

from __future__ import annotations

import base64
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from typing import Any

Json = dict[str, Any]


class SandboxError(Exception):
    """The sandbox refused: the sentence it gave."""


class SandboxClient:
    """What people do, by the names of `bot.sandbox.people.People`; people and channels by name or id."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.api_url = f"{address}/api/"

    # What people do

    def say(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> Json:
        answer = self.post("say", user=user, channel=channel, text=text, thread_ts=thread_ts)
        return dict(answer["message"])

    def drop(
        self,
        user: str,
        channel: str,
        name: str,
        content: bytes,
        thread_ts: str | None = None,
        text: str | None = None,
    ) -> Json:
        """Drop a file in a channel or a thread."""
        packed = base64.b64encode(content).decode()
        place = {"channel": channel, "thread_ts": thread_ts}
        return dict(self.post("drop", user=user, name=name, content=packed, text=text, **place)["message"])

    def edit(self, user: str, message: Json, text: str) -> None:
        """Let a message of one's own read otherwise."""
        self.post("edit", user=user, channel=message["channel"], ts=message["ts"], text=text)

    def delete(self, user: str, message: Json) -> None:
        """Take away a message of one's own."""
        self.post("delete", user=user, channel=message["channel"], ts=message["ts"])

    def command(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> None:
        self.post("command", user=user, channel=channel, text=text, thread_ts=thread_ts)

    def click(
        self,
        user: str,
        channel: str,
        ts: str,
        block_id: str,
        action_id: str,
        choice: Any = None,
        values: Json | None = None,
    ) -> None:
        place = {"channel": channel, "ts": ts, "block_id": block_id, "action_id": action_id}
        self.post("click", user=user, choice=choice, values=values, **place)

    def press(self, user: str, message: Json, label: str) -> None:
        """Press the button of this message (from `messages`) that says `label`."""
        block_id, action_id = button(message["blocks"], label)
        self.click(user, message["channel"], message["ts"], block_id, action_id)

    def click_in_view(
        self,
        user: str,
        view_id: str,
        block_id: str,
        action_id: str,
        choice: Any = None,
        values: Json | None = None,
    ) -> None:
        place = {"view_id": view_id, "block_id": block_id, "action_id": action_id}
        self.post("click_in_view", user=user, choice=choice, values=values, **place)

    def press_in_view(self, user: str, view: Json, label: str) -> None:
        """Press the button of this view (from `view` or `home`) that says `label`."""
        block_id, action_id = button(view["blocks"], label)
        self.click_in_view(user, view["id"], block_id, action_id)

    def submit(self, user: str, view_id: str, values: Json | None = None) -> Json | None:
        answer: Json | None = self.post("submit", user=user, view_id=view_id, values=values)["answer"]
        return answer

    def close(self, user: str, view_id: str) -> None:
        self.post("close", user=user, view_id=view_id)

    def open_home(self, user: str) -> None:
        self.post("open_home", user=user)

    def global_shortcut(self, user: str, callback_id: str, channel: str | None = None) -> None:
        self.post("global_shortcut", user=user, callback_id=callback_id, channel=channel)

    def message_shortcut(self, user: str, callback_id: str, channel: str, ts: str) -> None:
        self.post("message_shortcut", user=user, callback_id=callback_id, channel=channel, ts=ts)

    def let_time_pass(self, seconds: float) -> None:
        self.post("let_time_pass", seconds=seconds)

    # What can be made to go wrong

    def fail(self, method: str, **how: Any) -> None:
        """The next calls of `method` fail: error=, status=, times=, retry_after=, after=, delay=, every=."""
        self.post("fail", method=method, **how)

    def mend(self) -> None:
        """Nothing fails any more."""
        self.post("fail")

    def scopes(self, *granted: str) -> list[str]:
        """Grant these scopes and no others; without any, only say which are granted."""
        return list(self.post("scopes", **({"scopes": granted} if granted else {}))["scopes"])

    def settings(self, **changes: Any) -> None:
        self.post("settings", **changes)

    def app(self, **changes: Any) -> None:
        """What the app's manifest says: commands=, events=."""
        self.post("app", **changes)

    def disconnect(self, reason: str = "refresh_requested") -> None:
        self.post("disconnect", reason=reason)

    def deliver(self, type: str, payload: Json, **retry: Any) -> Json:
        """Send a payload as it is, and return acked, ack, ack_ms and error."""
        return self.post("deliver", type=type, payload=payload, **retry)

    def forget(self) -> None:
        """The workspace as on the first day: what was said, called, granted and made to go wrong is forgotten."""
        self.post("forget")

    # Looking

    def state(self, *only: str, **of: str) -> Json:
        """The whole workspace, or these parts of it ("messages", "views", "calls", ...): less to send is faster.

        With channel= the messages of one channel, with thread= too those of one thread.
        """
        asked = ({"only": ",".join(only)} if only else {}) | of
        return self._request("GET", f"/sandbox/state?{urllib.parse.urlencode(asked)}", None)

    def health(self) -> Json:
        return self._request("GET", "/sandbox/health", None)

    def messages(self, channel: str, thread_ts: str | None = None) -> list[Json]:
        """The messages of a channel, oldest first: without a thread, those that are no replies; with one, all of it.

        Ephemeral messages are among them (`ephemeral_to`), deleted ones are not.
        """
        thread = {} if thread_ts is None else {"thread": thread_ts}
        found = _in_order(self.state("messages", channel=channel, **thread))
        return [one for one in found if thread_ts or one["thread_ts"] in (None, one["ts"])]

    def view(self, user: str) -> Json | None:
        """The form that this person has in front of them."""
        state = self.state("users", "views")
        stack = state["views"].get(_user_id(state, user))
        return stack[-1] if stack else None

    def home(self, user: str) -> Json | None:
        state = self.state("users", "homes")
        found: Json | None = state["homes"].get(_user_id(state, user))
        return found

    def calls(self, method: str) -> list[Json]:
        """The calls of one Web API method ("response_url" for those) that the app made, in order."""
        return [call for call in self.state("calls")["calls"] if call["method"] == method]

    def wait_for(
        self, predicate: Callable[[Json], Any], timeout: float = 10.0, only: Sequence[str] = (), **of: str
    ) -> Any:
        """Look at the state, or `only` these parts, until `predicate` of it is true; return what it returned."""
        end = time.monotonic() + timeout
        while True:
            state = self.state(*only, *(["news"] if only else []), **of)
            found = predicate(state)
            if found:
                return found
            if time.monotonic() > end:
                raise TimeoutError(f"not seen within {timeout} s; the last messages are {_last(state)}")
            self.wait_for_news(state["news"])

    def news(self) -> int:
        """How often something has happened in the workspace."""
        return int(self.state("news")["news"])

    def wait_for_news(self, seen: int, seconds: float = 0.5) -> int:
        """Wait until there is other news than this, or so many seconds; which there is by then."""
        return int(self.post("wait", seen=seen, seconds=seconds)["news"])

    def wait_for_app(self, timeout: float = 15.0) -> None:
        """Wait until an app is connected by Socket Mode."""
        self.wait_for(lambda state: state["app_is_connected"], timeout, ["app_is_connected"])

    def wait_for_text(self, channel: str, text: str, timeout: float = 10.0) -> Json:
        """Wait until a message of this channel, in whatever thread, holds `text`; the newest such message."""

        def newest(state: Json) -> Json | None:
            found = [one for one in _in_order(state) if text in everything_in(one)]
            return found[-1] if found else None

        return dict(self.wait_for(newest, timeout, ["messages"], channel=channel))

    # The wire

    def post(self, verb: str, **args: Any) -> Json:
        """Any verb of the control API. Arguments that are None are left out."""
        return self._request(
            "POST", f"/sandbox/{verb}", {key: value for key, value in args.items() if value is not None}
        )

    def _request(self, method: str, path: str, body: Json | None) -> Json:
        content = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.address}{path}", content, method=method)
        request.add_header("Content-Type", "application/json")
        try:
            with _opener.open(request, timeout=30) as answer:
                found: Json = json.load(answer)
                return found
        except urllib.error.HTTPError as error:
            raise SandboxError(json.load(error)["error"]) from None


_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def button(blocks: list[Json], label: str) -> tuple[str, str]:
    """(block_id, action_id) of the element that says `label`, or is labelled so for screen readers."""
    seen = []
    for block, element in _elements(blocks):
        said = (element.get("text") or {}).get("text")
        seen.append(said)
        if label in (said, element.get("accessibility_label")):
            return block["block_id"], element["action_id"]
    raise AssertionError(f"no button says {label!r}; there are {seen}")


def labels(message: Json) -> list[str]:
    """What the buttons of a message or view say, in order."""
    said = [(element.get("text") or {}).get("text") for _, element in _elements(message["blocks"])]
    return [text for text in said if text]


def everything_in(message: Json) -> str:
    """All words of a message: its text and those in its blocks."""
    return "\n".join([message["text"], *_words(message["blocks"])])


def _words(thing: Any) -> Iterator[str]:
    if isinstance(thing, list):
        for part in thing:
            yield from _words(part)
    elif isinstance(thing, dict):
        for key, value in thing.items():
            if key == "text" and isinstance(value, str):
                yield value
            else:
                yield from _words(value)


def _elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    for block in blocks:
        if "accessory" in block:
            yield block, block["accessory"]
        if block["type"] in ("actions", "card"):
            yield from ((block, element) for element in block.get("elements") or block.get("actions") or [])
        yield from _elements(block.get("child_blocks", []))


def _in_order(state: Json) -> list[Json]:
    return sorted((one for one in state["messages"] if not one["deleted"]), key=lambda one: one["ts"])


def _user_id(state: Json, user: str) -> str:
    return {one["real_name"]: one["id"] for one in state["users"]}.get(user, user)


def _last(state: Json) -> list[str]:
    return [everything_in(message)[:80] for message in state.get("messages", [])[-5:]]
