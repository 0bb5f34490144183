"""Forms are read as the standard library reads them, only sooner."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl, unquote_plus, urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.slack.form_fields import form_fields, unquoted

QUOTED = st.lists(
    st.sampled_from(
        ("%", "%4", "%41", "%c3%a9", "%e2%80", "%zz", "=", "==", "+", "&", "\n", "\r", " \n", "é", "_")
    )
    | st.text(max_size=3)
).map("".join)


@given(QUOTED)
@example("%%41")
@example("%\n")
@example("a%3D%")
@example("tab\t \n")
@example("=\r\n")
def test_a_text_is_unquoted_as_the_library_does(text: str) -> None:
    assert unquoted(text) == unquote_plus(text)


@given(QUOTED)
def test_a_body_has_the_fields_that_the_library_finds(body: str) -> None:
    assert form_fields(body, 1_000) == dict(parse_qsl(body, keep_blank_values=True))


def test_what_slack_sends_comes_out_whole() -> None:
    payload = json.dumps({"value": '{"c":"abc"}', "text": "100 % = 1 + ü 🙂\n"}, ensure_ascii=False)
    assert form_fields(urlencode({"payload": payload, "empty": ""}), 2) == {"payload": payload, "empty": ""}


def test_too_many_fields_are_refused() -> None:
    with pytest.raises(ValueError, match="more than 2"):
        form_fields("a=1&b=2&c=3", 2)
