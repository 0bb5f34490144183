"""What the log amounts to: counts, and a picture of when which verdicts were decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from bot import limits
from bot.conversation.inquiry import Counted
from bot.decision_log.records import InMonth
from bot.decision_log.stats import Stats
from bot.views.document import Chart, Document, Heading, Said, Small, Table, Text, sentence
from bot.views.forecasts import against_actual
from bot.views.log import nothing_here
from bot.views.phrases import OUTCOME, STATUS, headline, listed
from core.wording import counted as with_noun

MONTHS = 12
"""That the picture shows, up to the newest with a decision."""
OTHERS = "Others"
_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def counted(found: Counted) -> Document:
    """The counts, and the picture where it says more than they do."""
    stats = found.stats
    if not stats.decisions:
        return sentence(nothing_here(found.of_person, found.query))
    return Document(
        (
            Heading(f"{with_noun(stats.decisions, 'decisions')} {_of(found)}"),
            Small(("Looked for: ", Said(found.query, 400), ".")) if found.query else None,
            Text(_statuses(stats)),
            Text(_outcomes(stats)),
            _table(stats),
            by_month(found.months) or _one_month(found.months),
            *against_actual(found.against, stats),
            Small("Only you can see this."),
        )
    )


def _of(found: Counted) -> str:
    return "you took part in" if found.of_person else "of this channel"


def _statuses(stats: Stats) -> str:
    counts = listed(f"{number} {STATUS[status]}" for status, number in stats.by_status.items())
    against = "None went against the advice."
    if stats.overridden:
        share = stats.overridden / stats.decisions
        against = f"{stats.overridden} of {stats.decisions} ({share:.0%}) went against the advice."
    return f"{counts}. {against}"


def _outcomes(stats: Stats) -> str:
    if not stats.due:
        return "No outcome is due yet."
    if stats.due == 1:
        return f"The one outcome that is due is {'recorded' if stats.recorded else 'not recorded yet'}."
    return f"{stats.recorded} of {stats.due} outcomes that are due are recorded."


def _table(stats: Stats) -> Table:
    """By verdict; with how they turned out, where anybody said so."""
    if not stats.recorded:
        rows = tuple((headline(verdict), str(number)) for verdict, number in stats.by_verdict.items())
        return Table(("Verdict", "Decisions"), rows, tuple(f"{name}: {number}." for name, number in rows))
    counts = [
        (headline(verdict), number, _told(stats, verdict)) for verdict, number in stats.by_verdict.items()
    ]
    return Table(
        ("Verdict", "Decisions", "Met", "Missed", "Cannot tell"),
        tuple((name, str(number), *map(str, told)) for name, number, told in counts),
        tuple(
            f"{name}: {number}, of which {met} met the target, {missed} missed it, {cannot} cannot be told."
            for name, number, (met, missed, cannot) in counts
        ),
    )


def _told(stats: Stats, verdict: str) -> tuple[int, ...]:
    return tuple(stats.outcomes.get(verdict, {}).get(key, 0) for key in OUTCOME)


def by_month(months: Sequence[InMonth]) -> Chart | None:
    """Decisions a month by verdict; ``None`` where they are all of one month."""
    if len({month for month, *_ in months}) < 2:
        return None
    shown = _months_up_to(max(month for month, *_ in months))
    first = min(month for month, *_ in months)
    shown = [month for month in shown if month >= first]
    counts: dict[str, Counter[str]] = {}
    for verdict, name in _names(months).items():
        for month, chosen, number in months:
            if chosen == verdict and month in shown:
                counts.setdefault(name, Counter())[month] += number
    lines = {name: tuple(float(count[month]) for month in shown) for name, count in counts.items()}
    words = "; ".join(f"{name}: {', '.join(_said(count, shown))}" for name, count in counts.items())
    return Chart(
        title="",
        name="Decisions a month, by verdict",
        points=tuple(map(_name_of, shown)),
        lines=lines,
        x_label="Month",
        y_label="Decisions",
        words=f"Decisions a month, by verdict. {words}.",
        bars=True,
    )


def _one_month(months: Sequence[InMonth]) -> Small | None:
    """Why there is no picture."""
    if not months:
        return None
    return Small(
        f"A picture by month takes two months with decisions; all of these are of {_name_of(months[0].month)}."
    )


def _said(counts: Mapping[str, int], shown: Sequence[str]) -> list[str]:
    return [f"{counts[month]} in {_name_of(month)}" for month in shown if counts[month]]


def _months_up_to(newest: str) -> list[str]:
    year, month = map(int, newest.split("-"))
    last = year * 12 + month - 1
    return [f"{at // 12:04d}-{at % 12 + 1:02d}" for at in range(last - MONTHS + 1, last + 1)]


def _name_of(month: str) -> str:
    return f"{_NAMES[int(month[5:]) - 1]} {month[:4]}"


def _names(months: Sequence[InMonth]) -> dict[str, str]:
    """What the bars of each verdict are called; those that are one too many share a name."""
    totals: Counter[str] = Counter()
    for _, verdict, number in months:
        totals[verdict] += number
    own = [verdict for verdict, _ in totals.most_common()]
    most = limits.CHART_LINES if len(own) <= limits.CHART_LINES else limits.CHART_LINES - 1
    return {verdict: _short(verdict) if at < most else OTHERS for at, verdict in enumerate(own)}


def _short(verdict: str) -> str:
    """The first half of a headline, as far as a chart has room."""
    return SHORT.get(verdict, verdict)[: limits.CHART_NAME]


SHORT: Mapping[str, str] = {
    "prompt_first": "Prompt first",
    "redefine_task": "Re-examine the task",
    "collect_examples": "Collect examples",
    "keep_prompting": "Keep prompting",
    "add_retrieval": "Add retrieval",
    "fine_tune": "Fine-tune",
    "hybrid": "Fine-tune and prompt",
    "self_host": "Keep it in-house",
    "measure_first": "Measure first",
}
