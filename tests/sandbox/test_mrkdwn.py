"""mrkdwn becomes HTML the way Slack shows it, and nothing a person types becomes an element."""

from __future__ import annotations

from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.page.html import join, link, safe_url, tag
from bot.sandbox.page.markdown import markdown
from bot.sandbox.page.mrkdwn import decode, encode, mrkdwn, plain
from bot.sandbox.page.scene import Scene

NOW = datetime(2026, 11, 23, 9, 41, tzinfo=UTC)
SCENE = Scene(
    now=NOW,
    users={"UANA": "Ana", "UTUNE": "Tune or Prompt"},
    channels={"CMLPLAT": "ml-platform"},
    viewer="UANA",
)
ALLOWED = {
    "div", "span", "strong", "em", "s", "code", "pre", "blockquote", "a", "br", "time", "p", "ul", "ol", "li",
    "h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "hr",
}  # fmt: skip
ALLOWED_ATTRIBUTES = {
    "class",
    "href",
    "target",
    "rel",
    "title",
    "role",
    "data-user",
    "data-open-channel",
    "start",
}


class Reader(HTMLParser):
    """What a browser would make of it: elements, their attributes, and the text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


def one_line(text: str) -> str:
    """The inside of the single line the text makes."""
    html = mrkdwn(text, SCENE)
    assert html.startswith('<div class="line">')
    return str(html).removeprefix('<div class="line">').removesuffix("</div>")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*bold* and _italic_ and ~gone~", "<strong>bold</strong> and <em>italic</em> and <s>gone</s>"),
        ("*_both_*", "<strong><em>both</em></strong>"),
        ("a `*code*` b", "a <code>*code*</code> b"),
        ("2*3*4 snake_case_name", "2*3*4 snake_case_name"),
        ("* not bold *", "* not bold *"),
        ("&lt;b&gt; &amp;amp; x", "&lt;b&gt; &amp;amp; x"),
        ("*a `*` b*", "<strong>a <code>*</code> b</strong>"),
        ("*<https://x.test/a*b|one>*", '<strong><a href="https://x.test/a*b" target="_blank" '
                                       'rel="noopener noreferrer">one</a></strong>'),
        ("<@UANA>", '<span class="mention me" data-user="UANA">@Ana</span>'),
        ("<@UNOBODY|sam>", '<span class="mention" data-user="UNOBODY">@sam</span>'),
        ("<#CMLPLAT>", '<span class="mention channel-link" data-open-channel="CMLPLAT">#ml-platform</span>'),
        ("<!here>", '<span class="mention everybody">@here</span>'),
        ("10:30:45", "10:30:45"),
        (":unknown_one:", ":unknown_one:"),
        (":tada:", '<span class="emoji" title=":tada:" role="img">🎉</span>'),
        ("<javascript:alert(1)|press>", '<span class="not-a-link">press</span>'),
        ("<script>alert(1)</script>", '<span class="not-a-link">script</span>alert(1)<span class="not-a-link">'
                                      "/script</span>"),
    ],
)  # fmt: skip
def test_a_line_of_mrkdwn_becomes_this_html(text: str, html: str) -> None:
    assert one_line(text) == html


def test_a_bare_address_becomes_a_link_without_the_full_stop_after_it() -> None:
    [(name, attributes)] = read(one_line("see https://docs.test/a?b=1&amp;c=2.")).elements
    assert (name, attributes["href"]) == ("a", "https://docs.test/a?b=1&c=2")


def test_a_date_is_filled_in_and_has_a_fallback() -> None:
    assert "Nov 23, 2026" in mrkdwn(f"<!date^{int(NOW.timestamp())}^{{date_short}} at {{time}}|soon>", SCENE)
    assert "today at 9:41 AM" in mrkdwn(
        f"<!date^{int(NOW.timestamp())}^{{date_pretty}} at {{time}}|soon>", SCENE
    )
    assert "soon" in mrkdwn("<!date^never^{date}|soon>", SCENE)


def test_quotes_lists_and_code_blocks_are_drawn() -> None:
    html = mrkdwn("before\n&gt; quoted\n• one\n1. two\n```\nx <= 1 &amp;&amp; *y*\n```after", SCENE)
    assert [name for name, _ in read(html).elements if name in {"blockquote", "pre"}] == ["blockquote", "pre"]
    assert "x &lt;= 1 &amp;&amp; *y*" in html
    assert html.count('class="line item') == 2


def test_plain_text_has_emoji_and_nothing_else() -> None:
    assert plain("*a* :zap: <b>") == '*a* <span class="emoji" title=":zap:" role="img">⚡</span> &lt;b&gt;'


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x",
     "vbscript:x", "//no.scheme", "", None, 3, "http://[bad"],
)  # fmt: skip
def test_an_address_that_is_not_of_the_web_is_never_a_link(url: object) -> None:
    assert safe_url(url) is None
    assert "href" not in link(url, "press")


MARKS = st.sampled_from(
    ["*", "_", "~", "`", "```", "<", ">", "|", "@", "#", "!", "^", "&", "&lt;", "&gt;", "&amp;", ":", "\n", " ",
     "javascript:", "http://x", "<script>", "</div>", "<img src=x onerror=alert(1)>", '"', "'", "=", "(", ")", "[",
     "]", "!date^1^", "{date}", "UANA", "tada", "\x00", "&#60;", "&quot;", "- ", "1. ", "| a | b |\n|---|---|\n"],
)  # fmt: skip
SPITEFUL = st.lists(MARKS | st.text(max_size=6), max_size=30).map("".join)


def assert_harmless(html: str) -> None:
    for name, attributes in read(html).elements:
        assert name in ALLOWED
        assert set(attributes) <= ALLOWED_ATTRIBUTES
        assert safe_url(attributes.get("href", "https://ok.test")) is not None


@given(SPITEFUL)
def test_no_html_from_message_text_gets_through(text: str) -> None:
    assert_harmless(mrkdwn(text, SCENE))
    assert_harmless(plain(text))
    assert_harmless(markdown(text, SCENE))


@given(
    st.text(
        alphabet=st.characters(exclude_characters="*_~`:\n\r\x00", exclude_categories=["Cs"]), max_size=60
    )
)
def test_text_that_was_encoded_reads_as_it_was_typed(text: str) -> None:
    assert "".join(read(mrkdwn("x " + encode(text) + " x", SCENE)).words) == "x " + text + " x"
    assert decode(encode(text)) == text


@pytest.mark.parametrize("piece", ["*a", "`", "<", "_a ", "*`", "~<a ", "```", ":a", "<a|"])
def test_a_long_line_of_stray_marks_is_quick(piece: str) -> None:
    assert mrkdwn(piece * 2000, SCENE)


def test_a_child_that_is_text_is_escaped_and_an_element_is_not() -> None:
    assert tag("p", "<b>", join([tag("i", "x")]), title='"') == '<p title="&#34;">&lt;b&gt;<i>x</i></p>'
