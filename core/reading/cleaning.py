"""A reply made plain: no hidden characters, and nothing left that looks like a quantity but is none.

Links, mentions, ticket and build numbers, times, dates and phone numbers become :data:`BLANK`; emoji with a meaning
become a word. Every pattern here is bounded, so that no text takes long.
"""
# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from core.reading.opening import with_days_counted
from core.reading.rule import Rule

LONGEST = 1_500
"""Characters; a longer reply is refused. A few characters unfold into many, hence the second limit."""
LONGEST_UNFOLDED = 3_000

BLANK = "§"
"""Stands where something was that is no quantity."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """``text`` is in lower case. ``reordered``: characters were there that make text look different from what it says."""

    text: str
    reordered: bool = False
    question_mark: bool = False


REORDERING = frozenset("\u202a\u202b\u202d\u202e\u2066\u2067\u2068")

MEANING = {
    "👍": "yes", "✅": "yes", "✔": "yes", "👌": "yes", "🙆": "yes", "💯": "yes", "🆗": "yes", "☑": "yes",
    "👎": "no", "❌": "no", "🚫": "no", "⛔": "no", "🙅": "no", "✖": "no",
    "🤷": "idk", "❓": "?", "🙄": "eyeroll", "🙃": "eyeroll",
}  # fmt: skip
SHORTCODES = {
    "+1": "yes", "thumbsup": "yes", "white_check_mark": "yes", "heavy_check_mark": "yes", "ok_hand": "yes",
    "100": "yes", "ok": "yes", "ballot_box_with_check": "yes", "check": "yes", "yes": "yes",
    "-1": "no", "thumbsdown": "no", "x": "no", "no_entry": "no", "no_entry_sign": "no", "negative_squared_cross_mark": "no",
    "no": "no", "no_good": "no", "shrug": "idk", "man-shrugging": "idk", "woman-shrugging": "idk", "person_shrugging": "idk",
    "question": "?", "face_with_rolling_eyes": "eyeroll", "rolling_eyes": "eyeroll", "upside_down_face": "eyeroll",
}  # fmt: skip

_PLAIN = str.maketrans({
    **{char: f" {mark} " for char, mark in MEANING.items()},
    "‘": "'", "’": "'", "‛": "'", "ʼ": "'", "`": " ", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "–": "-", "—": " - ", "‒": "-", "―": " - ", "−": "-", "‐": "-", "‑": "-",
    "×": " × ", "∗": "*", "⁓": "~", "≈": "~", "≃": "~", "∼": "~", "～": "~", "∞": " infinity ", "…": " ... ",
    "½": " 1/2 ", "¼": " 1/4 ", "¾": " 3/4 ", "⅓": " 1/3 ", "⅔": " 2/3 ", "⅕": " 1/5 ", "⅘": " 4/5 ",
    "➡": "→", "⇒": "→", "⟶": "→", "➔": "→",
    **{char: f"^{i}" for i, char in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")},
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ", "\r": "\n",
})  # fmt: skip

_IN_ASCII = {**dict.fromkeys(range(32), ""), **dict.fromkeys(map(ord, "\t\r`"), " "), ord("\n"): "\n"}

_MODEL_LIKE = r"(?!GPT|LLAMA|QWEN|CLAUDE|GEMINI|GEMMA|MISTRAL|PHI|SUB|TOP|IN|OUT|P\d)"
_TICKET = Rule(rf"\b{_MODEL_LIKE}[A-Z][A-Z0-9]{{1,9}}-\d{{1,7}}\b")
_PLAIN_TEXT = Rule(r"[a-zA-Z\d ,%$'()?!]{0,3000}")
_MARK = "\ue000"
"""Stands where a link was, until what leads to it is gone too. It cannot be in a reply: it is no visible character."""
_LABELLED = Rule(r"<([a-zA-Z][\w+.-]{1,20}:[^|<>]{1,1500})\|([^|<>]{1,600})>")
_LINK = Rule(
    r"<(?:https?|mailto|tel|ftp|file|slack):[^>\s]{0,1500}>|<(?:https?|mailto|tel|ftp|file|slack):[^>]{0,600}>"
    r"|(?i:\b[a-z][a-z\d+-]{1,20}://|\bwww\.)[^\s<>]*[^\s<>.,:;!?)\]}'\"]|[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,63}"
)
_MARKDOWN = Rule(rf"\[[^\[\]\n]{{0,200}}\]\({_MARK}\)")
_PEOPLE = Rule(r"<[@#!][^>\n]{1,120}>|(?<![\w.])@[^\W\d][\w.-]{0,60}|(?<![\w&])#[\w-]{1,80}")
_LEADING_TO_A_LINK = Rule(
    r"(?i)(?:(?<![^\s(,;:.!-])(?:please |pls |also )?(?:see|cf\.?|look|check|read|compare|according|based|taken|quoted|from|via|per"
    r"|as (?:per|seen|shown|stated|described|documented|explained|written)|documented|described|explained|written|reported|recorded)"
    r"|(?:^|(?<=[(,;:.!-])|(?<=[(,;:.!-] ))(?:the |our |my |for )?"
    r"(?:refs?\.?|references?|sources?|details?|info|information|background|context|proof|evidence|screenshots?|docs?|documentation|links?|reports?"
    r"|dashboards?|here(?: is|'s)?|it is here|(?:more|further|additional)(?= (?:here|at|in|on|about|info|information|details?|context)| ?:)))"
    r"(?: ?:| (?:here|there|at|in|on|out|up|under|over|the|our|my|this|that|these|those|a|an|is|are|and|to|for|with|by|from|of|it|also|all|down|about"
    r"|details?|info|information|context|more|links?|linked|pages?|docs?|document|documentation|polic(?:y|ies)|wiki|reports?|dashboards?|sheets?"
    r"|spreadsheet|threads?|tickets?|issues?|numbers?|figures?|results?|latest|slack|grafana|confluence|notion|jira|github)){0,7}"
    rf"[ :=]*\(? ?{_MARK} ?\)?"
)
"""Words that do nothing but lead to a link: "see our policy here: …", "(more details at …)"."""
_SEVERAL = Rule(rf"{_MARK}(?:[ ,;&]{{0,5}}(?:and|or)?[ ,;&]{{0,5}}{_MARK})+")
_AT_THE_END = Rule(rf"[\s,;:(-]*{_MARK}[\s).!]*$")
_CODE = Rule(r"```[^`]{0,1500}```")
_STRUCK = Rule(r"(?<!\S)~(?=\S)[^~\n]{1,60}(?<=\S)~(?!\S)")
_SHORTCODE = Rule(r"(?<![\w:]):([a-z+\-0-9][a-z0-9_+'-]{0,40}):(?::skin-tone-\d:)?(?!\d)")
_ODD = Rule(
    r"\b((?:(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w{3,5}teen|hundred|thousand|\d{1,9})[ -](?:and )?){0,5}"
    r"(?:(?:twen|thir|for|fif|six|seven|eigh|nine)ty|ten|dozen|hundred|thousand|\d{1,9}))[ -](?:odd|something)\b"
)
_ABBREVIATED = Rule(r"\b(mio|mrd|tsd|approx|ca|avg|max|min|incl|resp|calls?|req|reqs|mo|yr|hr|wk)\.(?= ?\w)")
_JOINED = Rule(r"(?<=[a-z])_(?=[a-z])")
_STYLE = Rule(r"(?<![\w*])[*_]{1,2}(?=\w)|(?<=[\w%?!.])[*_]{1,2}(?![\w*])|\"")

_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_YEAR = r"(?:201[5-9]|202\d|203[0-5])"
_SHRUG = Rule(r"[¯\\_]{1,3}\(ツ\)[¯/_]{1,3}")
_REPLACED = Rule(r"\s*s/([^/\n]{1,80})/([^/\n]{1,80})/?g?\s*")
_ASIDES = Rule(
    r"(?<!^)(?<!are )(?<!is )(?<!'s )\b(?:the )?(?:two|three|four|five|six|both|\d) of us\b|\bno end\b|\b(?:not|isn't|ain't) (?:a )?\d{2,3} ?% (?:sure|certain)\b|\b\d{2,3} ?% (?:sure|certain|agree|agreed)\b|\bfor the (?:\w+|\d+(?:st|nd|rd|th)) time\b"
    r"|\bsent from my \w+\b|(?:\bthe |')(?:19|20)?\d0s\b|\[\d{1,3}[smhd]\]|\[\d{1,3}(?:\.\d{1,3})?%?(?:,| to|-) ?\d{1,3}(?:\.\d{1,3})?%\]|\b(?:one|two|three|four|\d)[ -]?liners?\b|\ba (?:line|sentence|paragraph) or two\b|\b(?:call|phone|ring|text|dial|tel)\b[^\d\n]{0,12}\d{3}-\d{4}\b"
)
"""Digits and number words that count nothing, with the words that say so."""
_NO_QUANTITY = Rule(
    r"\b\d{4}-\d{2}-\d{2}(?:t[\d:.]{4,15}z?)?\b|\b\d{1,2}[/.]\d{1,2}[/.](?:19|20)?\d{2}\b"
    rf"|\b{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?(?:,? {_YEAR})?\b|\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}\b(?: {_YEAR})?"
    rf"|\b{_MONTH} {_YEAR}\b|\b[qh][1-4](?:[ /-]?{_YEAR})?\b|\bfy ?\d{{2,4}}\b"
    rf"|\b(?:from |between )?{_YEAR}(?: ?(?:to|and|-|till|until) ?){_YEAR}\b"
    r"|\bsince (?:19[4-9]|20[0-3])\d\b(?! \w{3,}s\b)"
    rf"|\b(?:since|until|till|by|from|of|late|early|mid|year|in) {_YEAR}(?![.,]?\d|\s?(?:tok|out|/|calls|req|k\b|-))"
    r"|\b\d{1,2}:\d{2}(?::\d{2})?\s?(?:[ap]\.?m\b\.?|h\b|uhr\b)?|\b\d{1,2}\s?(?:[ap]m|[ap]\.m\.|o'clock|uhr)(?!\w)"
    r"|\b\d{1,2}(?:st|nd|rd|th)\b|\bat \d{1,2} (?:in the (?:morning|night|evening|afternoon)|at night)\b"
    r"|\+\d[\d ()-]{7,20}\d|\(\d{3}\) ?\d{3}[ -]\d{4}\b|\b\d{3}[ .-]\d{3}[ .-]\d{4}\b"
    r"|\b(?:on|in|at|of|from) (?:ward|bay|gate|platform|depot|hall|block|building|court|studio|wing) \d{1,3}\b"
    r"|\b(?:build|version|ver|pr|issue|ticket|bug|line|page|step|room|ext|extension|rev|revision|sprint|option|part|section"
    r"|chapter|python|port|http|error code|status|id|no\.|nr\.|floor|channel)\s?#?\d[\d.]*\b(?!\s?%)"
    r"|\b\d{1,3}(?:\.\d{1,3}){3}\b|\b\d{1,3} ?[x×*] ?(?=(?:nvidia )?(?:[abhl]\d{2,3}s?|l40s?|t4|v100|mi300x?)\b)"
)
_THOUSANDS = Rule(r"\b(\d{1,3}) thousand (?:and )?(\d) hundred\b")
_MEANT = (
    (Rule(r"\b0x[0-9a-f]+\b"), f" {BLANK} "),
    (
        Rule(r"(?<!\d)24 ?[/x×] ?7\b|\b(?:all )?365 days(?: (?:a|per) year)?\b|\baround the clock\b"),
        " nonstop ",
    ),
    (
        Rule(r"\b9[ -]?(?:-|to)[ -]?5\b(?!\s?(?:%|k\b|calls))|\b(?:office|business|working|work) hours\b"),
        " officehours ",
    ),
    (Rule(r"(?<=\d) ?[x*] ?(?=\d)"), " × "),
    (Rule(r"[-=]{1,2}>"), " → "),
    (Rule(r"<\s?="), " ≤ "),
    (Rule(r">\s?="), " ≥ "),
)


def clean(text: str) -> Cleaned | None:
    """The reply made plain; ``None`` when it is longer than :data:`LONGEST`."""
    if len(text) > LONGEST:
        return None
    reordered = not REORDERING.isdisjoint(text)
    text = _in_plain_characters(text)
    if len(text) > LONGEST_UNFOLDED:
        return None
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    if "\n" in text:
        text = _without_quotes(text)
    if not _PLAIN_TEXT.fullmatch(text):
        text = _without_markup(text)
    text = text.lower().replace("q&a", "question").replace("q & a", "question")
    if "odd" in text or "something" in text:
        text = _ODD.sub(r"about \1", text)
    text = _without_other_numbers(text)
    return Cleaned(text.strip(), reordered, text.rstrip(" .!\n").endswith("?"))


def _without_markup(text: str) -> str:
    """Without links, mentions, tickets, emoji, styles and dots of abbreviations."""
    text = _without_links(text)
    text = _PEOPLE.sub(f" {BLANK} ", text)
    text = _TICKET.sub(f" {BLANK} ", text).lower()
    text = _SHORTCODE.sub(_named_emoji, text)
    text = _STYLE.sub("", _STRUCK.sub(" ", text))
    return _JOINED.sub(" ", _ABBREVIATED.sub(r"\1", text))


def _without_links(text: str) -> str:
    """Without links, the words of theirs that somebody made up, and the words that only lead to them."""
    linked = _LINK.sub(_MARK, text)
    if linked == text:
        return text
    linked = _MARKDOWN.sub(_MARK, linked).replace(_MARK, f" {_MARK}").replace("  ", " ")
    linked = _SEVERAL.sub(_MARK, _LEADING_TO_A_LINK.sub(_MARK, linked))
    return (_AT_THE_END.sub("", linked) or _MARK).replace(_MARK, f" {BLANK} ")


def with_labels(text: str) -> str:
    """The reply with the words of its links in place of the links: ``<https://a.example|80k a month>``."""
    return _LABELLED.sub(lambda link: " " if link[1].endswith(link[2]) else f" {link[2]} ", text)


def _in_plain_characters(text: str) -> str:
    """Without what has a meaning only as a drawing, as code, or to a computer; what is longer than allowed stays long."""
    if "```" in text:
        text = _CODE.sub(f" {BLANK} ", text)
    if "ツ" in text:
        text = _SHRUG.sub(" idk ", text)
    if text.lstrip().startswith("s/") and (replaced := _REPLACED.fullmatch(text)):
        text = f"correction: {replaced[2]} not {replaced[1]}"
    if text.isascii():
        return text.translate(_IN_ASCII)
    text = unicodedata.normalize("NFKC", text.translate(_PLAIN))
    return text if len(text) > LONGEST_UNFOLDED else "".join(map(_visible, text)).translate(_PLAIN)


def _without_other_numbers(text: str) -> str:
    """Without the numbers that count nothing: dates, times, versions, "not 100% sure"."""
    if "time" in text or " or two" in text or "liner" in text or "sent from" in text:
        text = _ASIDES.sub(_without_number, text)
    if (
        any("0" <= c <= "9" for c in text)
        or "hours" in text
        or "clock" in text
        or "day" in text
        or "weekend" in text
    ):
        text = _THOUSANDS.sub(lambda said: str(int(said[1]) * 1000 + int(said[2]) * 100), text)
        text = with_days_counted(text)
        for pattern, meant in _MEANT:
            text = pattern.sub(meant, text)
        text = _ASIDES.sub(_without_number, text)
        text = _NO_QUANTITY.sub(f" {BLANK} ", text)
    return text


def _visible(char: str) -> str:
    if char.isascii():
        return char if char >= " " or char == "\n" else ""
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.digit(char))
    if category in ("Nl", "No"):
        return "^"  # a number that no rule of ours reads: it stays visible, and unexplained
    if category[0] == "C" or (category == "Mn" and ord(char) >= 0xFE00):
        return ""
    if category[0] == "Z":
        return " "
    return " " if category in ("So", "Sk") and char not in "→§" else char


def _without_quotes(text: str) -> str:
    """Without the lines that quote somebody else."""
    own = [line for line in text.split("\n") if not (line.startswith(">") and not line[1:2].isdigit())]
    return " , ".join(own) if any(map(str.strip, own)) else ""


def _without_number(match: re.Match[str]) -> str:
    if match[0].rstrip("s").endswith("liner"):
        return " liner "
    return " agree " if match[0].endswith(("agree", "agreed")) else f" {BLANK} "


def _named_emoji(match: re.Match[str]) -> str:
    name = match[1]
    if name in SHORTCODES:
        return f" {SHORTCODES[name]} "
    return match[0] if name[0].isdigit() or name[0] in "+-" else " "
