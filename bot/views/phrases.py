"""What several messages say alike: a verdict, an answer and its author, a decision, how far it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.conversation.standing import PRICING, GivenAnswer, Standing
from bot.decision_log.records import Decision
from bot.views import ids, mrkdwn
from bot.views.blocks import Element, button
from bot.views.mrkdwn import bold, mention, source, source_title
from bot.views.press import Press
from core import wording
from core.advice import Reason
from core.answers import Answers, Between
from core.questions import BY_NAME, LATENCY, Question
from core.tree import Verdict
from core.wording import HEADLINES, count, counted

QUESTIONS: Mapping[str, Question] = {**BY_NAME, LATENCY.name: LATENCY}

STATUS: Mapping[str, str] = {
    "recommended": "recommended",
    "accepted": "accepted",
    "overridden": "decided otherwise",
    "withdrawn": "withdrawn",
    "superseded": "superseded",
}


def headline(verdict: str | None) -> str:
    """A verdict in words; a verdict that this version does not know is shown as it is stored."""
    return HEADLINES[Verdict(verdict)] if verdict in set(Verdict) else str(verdict or "No verdict yet")


def quoted(verdict: str | None) -> str:
    """A verdict amid a sentence: “Keep prompting”."""
    return f"“{headline(verdict)}”"


def sentence_case(text: str) -> str:
    """The same, beginning as a sentence does."""
    return text[:1].upper() + text[1:]


def short(question: str) -> str:
    """A question's short name: "Calls a month"."""
    return QUESTIONS[question].short if question in QUESTIONS else question.replace("_", " ")


listed = wording.listed


def change(standing: Standing, question: str, label: str = "Change") -> Element:
    """The button that changes an answer."""
    press = Press(standing.consultation.id, question, standing.seq_of(question))
    return button(
        label, ids.action_id(ids.CHANGE, question), press, spoken=f"Change {_lower(short(question))}"
    )


def answer_line(given: GivenAnswer) -> str:
    """*Calls a month:* 7.6M, answered by @Ana."""
    return f"{bold(short(given.question) + ':')} {mrkdwn.escape(given.words, 200)}, {_by(given)}"


def answer_spoken(given: GivenAnswer) -> str:
    """The same for a message's text."""
    return f"{short(given.question)}: {mrkdwn.escape(given.words, 200)}, {_by(given)}."


def _by(given: GivenAnswer) -> str:
    """Who answered; what came with an example is marked as one, since nobody said it."""
    if given.how == "example":
        return "part of the example"
    return f"{'from a file of' if given.how == 'file' else 'answered by'} {mention(given.author)}"


def progress(standing: Standing) -> str:
    """3 answered, at most 2 to go. 2 questions left out: they cannot change this."""
    left = [name for name in standing.advice.left_out if name != standing.asking]
    said = f"{len(standing.given)} answered"
    if standing.asking == PRICING and standing.advice.next_question is None:
        said += ", 1 to go, which only prices the options"
    elif standing.asking is not None:
        to_go = max(1, standing.advice.at_most_to_go)
        said += f", at most {to_go} to go" if to_go > 1 else ", 1 to go"
    if left:
        cannot = "it cannot change this" if len(left) == 1 else "they cannot change this"
        return f"{said}. {counted(len(left), 'questions')} left out: {cannot}."
    return f"{said}."


def decision_line(decision: Decision) -> str:
    """Decision #42: accepted by @Ana on 23 Nov 2026."""
    return _decided(decision, mrkdwn.date(decision.at))


def _decided(decision: Decision, when: str) -> str:
    number = f"Decision #{decision.number}"
    by = mention(decision.by)
    said = {
        "accepted": f"{number}: accepted by {by} on {when}.",
        "overridden": f"{number}: {by} decided otherwise on {when}: {bold(headline(decision.chosen))}.",
        "withdrawn": f"{number}: withdrawn. It was: {headline(decision.chosen)}.",
        "superseded": f"{number}: no longer stands. It was: {headline(decision.chosen)}.",
    }
    return said.get(decision.status, f"{number}: {headline(decision.chosen)}, by {by} on {when}.")


def decision_spoken(decision: Decision) -> str:
    """The same for a message's text, with the reason that was given."""
    said = _decided(decision, mrkdwn.day(decision.at)).replace("*", "")
    return f"{said} Why: {mrkdwn.escape(decision.why, 600)}" if decision.why else said


def volume(answers: Answers) -> str | None:
    """The calls per month that the figures are for, in words; ``None`` when nobody knows them."""
    answer, middle = answers.of(PRICING), answers.number(PRICING)
    if middle is None:
        return None
    return f"about {count(middle)}" if isinstance(answer, Between) else count(middle)


def reason_line(reason: Reason) -> str:
    """*Calls a month:* 80k (threshold: pays back within 12 months). What it means. The source, as a link."""
    limit = f" (threshold: {reason.threshold})" if reason.threshold else ""
    answer = mrkdwn.escape(reason.answer, 200)
    return f"{bold(short(reason.question) + ':')} {answer}{limit}. {reason.says} {source(reason.source)}"


def reason_spoken(reason: Reason) -> str:
    """The same for a message's text; sources by their titles."""
    answer = mrkdwn.escape(reason.answer, 200)
    title = source_title(reason.source)
    end = "" if title.endswith((".", "?")) else "."
    return f"{short(reason.question)}: {answer}. {reason.says} Source: {title}{end}"


def reason_brief(reason: Reason) -> str:
    """*Calls a month:* 80k. What it means. Without the threshold, and without the source: see :func:`sources_of`."""
    return f"{bold(short(reason.question) + ':')} {mrkdwn.escape(reason.answer, 200)}. {reason.says}"


def sources_of(reasons: Iterable[Reason]) -> tuple[str, ...]:
    """The sources of some reasons, each once."""
    return tuple(dict.fromkeys(reason.source for reason in reasons if reason.source))


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
