"""The advice, its pages and the ledger line by line."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from bot.decision_log.records import Recorded
from bot.slack.blocks import message, text, view
from bot.slack.checks import check, check_view, texts
from bot.slack.mrkdwn import unstyled
from bot.views import costs, flips, ids, notes, pages
from bot.views.advice import MOST_STEPS, advice
from bot.views.because import cheaper_untried, in_full
from bot.views.card import card
from bot.views.costs import figures
from bot.views.document import Document, Form, bare
from bot.views.plan import steps
from bot.views.record import shown
from core.told import Ledger, Told
from core.told.ledger import Option, read_removed
from core.tree import TUNING
from tests.support.consulted import CASES, COST, EVALUATED, FEW, MANY, consultation, decision, standing

HOSTED = {
    "option": "hosted",
    "up_front": "14004",
    "month": "606",
    "first_year": "21276",
    "per_1000_calls": "2.424",
    "payback_months": 14,
    "pays_back": False,
    "crossover_calls": 291_000,
    "crossover_within_horizon_calls": 1_351_075.2,
    "month_p10": "524.32",
    "month_p90": "751.71",
    "probability_pays_back": 0.624,
    "lines": [],
    "unknown": [],
}
PROMPTED = HOSTED | {
    "option": "prompt", "month": "650", "payback_months": None, "probability_pays_back": None, "up_front": "0",
}  # fmt: skip


def ledger(*, prompted: dict[str, Any] = PROMPTED, **changes: Any) -> Ledger:
    return Ledger.from_json({"options": [prompted, HOSTED | changes], "driver": "calls_per_month"})


def cells(kept: Ledger) -> list[str]:
    table = costs.cost_table(kept, Decimal(250_000))
    assert table is not None
    return list(table.rows[-1])


def all_text(shown: Form | Document) -> str:
    """Every text in it as Slack draws it."""
    blocks = view(shown)["blocks"] if isinstance(shown, Form) else message(shown).blocks
    return "\n".join(texts(blocks))


def test_the_table_shows_the_likely_figures_and_the_pages_their_band_and_chance() -> None:
    assert cells(ledger()) == ["Fine-tune, hosted", "$606", "$14,004", "$21,276", "14 months"]
    table = costs.cost_table(ledger(), Decimal(250_000))
    assert table is not None
    assert table.aloud[1] == (
        "Fine-tune, hosted: $606 a month, $14,004 up front, $21,276 in the first year, pays back after 14 months."
    )
    assert costs.a_month_or_so(hosted_of(ledger())) == "$606 ($520 to $760)"


def test_a_cheaper_model_that_falls_short_is_not_said_to_pay_back() -> None:
    kept = standing(MANY).told.ledger
    plain = costs.cost_table(kept, Decimal(250_000))
    short = costs.cost_table(kept, Decimal(250_000), falls_short=True)
    assert plain is not None
    assert short is not None
    assert {row[-1] for row in plain.rows if row[0].startswith("Cheaper")} == {"at once"}
    assert {row[-1] for row in short.rows if row[0].startswith("Cheaper")} == {"misses target"}
    assert any("in the first year, which misses the target." in said for said in short.aloud)
    others = [[row for row in table.rows if not row[0].startswith("Cheaper")] for table in (plain, short)]
    assert others[0] == others[1]


def test_a_row_is_named_by_its_place_in_the_table_of_the_thread() -> None:
    scenario = standing(MANY).told.ledger.scenarios(Decimal(2_500_000))[-1]
    table = costs.cost_table(standing(MANY).told.ledger, Decimal(2_500_000), brief=True)
    assert table is not None
    named = [costs.row_named(scenario, f"row{place}") for place in range(1, len(table.rows) + 1)]
    assert [costs.label(one) for one in named if one is not None] == [row[0] for row in table.rows]
    assert costs.row_named(scenario, "row0") is None
    assert costs.row_named(scenario, "row9") is None


def test_every_row_names_its_model() -> None:
    assert cells(ledger(model="aws:amazon.nova-micro"))[0] == "Fine-tune: Nova Micro on AWS"
    table = costs.cost_table(standing(MANY).told.ledger, Decimal(2_500_000))
    assert table is not None
    assert [row[0] for row in table.rows] == [
        "Prompt: GPT-6.1 Terra",
        "Prompt, cached: GPT-6.1 Terra",
        "Cheaper model: GPT-6 Luna",
        "Fine-tune: Nova Micro on AWS",
        "Fine-tune, self-hosted: 8B on H100",
    ]


def hosted_of(kept: Ledger) -> Option:
    return kept.scenarios()[0].options[-1]


def test_a_never_is_as_likely_as_not_paying_back() -> None:
    def chance(**changes: Any) -> str:
        kept = ledger(**changes)
        return costs.likely(hosted_of(kept), kept.scenarios(Decimal(250_000))[0])

    assert chance() == "62% likely to pay back in time"
    assert chance(payback_months=None, probability_pays_back=0.04) == "4% likely to pay back in time"
    assert chance(payback_months=None, probability_pays_back=0.001) == ""
    assert chance(payback_months=0, probability_pays_back=0.97) == ""


def test_an_advice_that_was_kept_before_there_were_bands_is_shown_without() -> None:
    old = {key: value for key, value in HOSTED.items() if key not in ("month_p10", "month_p90")}
    old.pop("probability_pays_back")
    kept = Ledger.from_json({"options": [PROMPTED, old], "assumptions": {}})
    assert cells(kept)[1:] == ["$606", "$14,004", "$21,276", "14 months"]
    assert costs.driver_line(kept) == ""


def test_the_driver_is_named() -> None:
    assert costs.driver_line(ledger()) == "Most of the uncertainty comes from calls a month."
    stands = standing(MANY)
    assert "Most of the uncertainty comes from" in all_text(pages.costs(stands, "{}"))
    assert "Most of the uncertainty comes from" in text(notes.explain(stands))


@pytest.mark.parametrize("calls", [80_000, 250_000, 400_000, 2_500_000])
def test_the_text_and_the_chart_say_the_same_crossovers(calls: int) -> None:
    stands = standing(COST | {"cheaper_model_enough": False, "calls_per_month": calls})
    assert stands.curves is not None
    said = costs.crossing(stands.told.ledger, Decimal(calls))
    figures = re.findall(r"(?:the same at|in time from) (\S+)", said)
    assert len(figures) == 2
    assert all(f" {figure} " in stands.curves.in_words for figure in figures)


def test_where_tuning_pays_back_is_rounded_up() -> None:
    assert costs.crossing(ledger(), Decimal(250_000)).endswith("tuning pays back in time from 1.36M on.")


def test_what_is_ruled_out_is_said_once_with_its_source() -> None:
    gone = [
        {"option": name, "because": "Too few labels.", "source": "A page (https://example.org/)"}
        for name in ("hosted", "self_hosted", "hosted")
    ]
    (out,) = costs.ruled_out(read_removed(gone))
    said = "“Fine-tune, hosted” and “Fine-tune, self-hosted”: too few labels."
    assert bare(out) == f"{said} A page (https://example.org/)"
    assert costs.ruled_out(()) == ()


def test_how_long_a_call_takes_is_said_where_it_is_a_reason() -> None:
    assert costs.times(ledger()) == ()
    nobody = {"first_token_ms": None, "total_ms": None, "because": "Nobody."}
    measured = {"first_token_ms": 380, "total_ms": 1_290.4, "because": "Measured."}
    kept = ledger(prompted=PROMPTED | {"latency": nobody}, latency=measured)
    assert costs.times(kept) == (
        "Fine-tune, hosted: 1,290 ms, 380 ms of it to the first token.",
        "Not known for “Prompt”.",
    )


@pytest.mark.parametrize("case", [FEW, MANY, EVALUATED, *CASES.values()])
def test_the_advice_says_why_and_how_sure_it_is_and_leads_to_the_rest(
    case: dict[str, Any],
) -> None:
    stands = standing(case)
    drawn = message(advice(stands))
    found = stands.told
    check(drawn.text, drawn.blocks)
    assert f"Confidence: {found.confidence}." in drawn.text
    assert f"Confidence: {found.confidence}." in all_text(advice(stands))
    assert unstyled(figures(in_full(stands))) in drawn.text
    turns = flips.turns(found, stands.advice.answers)
    is_untried = bool(cheaper_untried(stands)) and found.verdict in TUNING
    assert all(unstyled(turn) in drawn.text for turn in turns[: 2 if is_untried else 3])
    assert len(turns) <= 3
    pressed = {
        ids.read_action_id(e["action_id"])[0]
        for b in drawn.blocks
        for e in b.get("elements", [])
        if "value" in e
    }
    assert {ids.REASONS, ids.CASE_AGAINST, ids.WOULD_CHANGE, ids.COSTS, ids.ASSUMPTIONS} <= pressed


def test_the_card_says_how_many_more_cases_an_evaluation_needs() -> None:
    assert "40 of 50 were right, 80%; the true rate may be 67% to 89%." in text(card(standing(EVALUATED)))
    assert "Measure 146 more first." in all_text(card(standing(EVALUATED)))
    assert "[88%, 92%]" not in text(card(standing(CASES["fine_tune"]))).partition("Quality:")[0]


@pytest.mark.parametrize("name", CASES)
def test_of_the_longest_advice_only_what_the_pages_have_is_left_out_of_the_plain_text(name: str) -> None:
    stands = standing(CASES[name])
    said = text(advice(stands))
    for step in steps(stands, stands.told.ledger)[:MOST_STEPS]:
        assert unstyled(step) in said
    every = all_text(pages.reasons(stands, "{}"))
    for step in steps(stands, stands.told.ledger):
        assert unstyled(step) in every


def test_the_plan_to_measure_says_how_many_more_and_what_they_cost() -> None:
    said = text(advice(standing(EVALUATED)))
    assert "Measure 146 more cases, picked as the first ones were: about 6 hours of work, $584" in said
    unknown = all_text(pages.reasons(standing(CASES["measure_first"]), "{}"))
    assert "100 cases pin it to within 10 points: about 4 hours of work, $400" in unknown


def test_the_case_against_has_every_point_and_the_flips() -> None:
    stands = standing(MANY)
    page = pages.case_against(stands, "{}")
    said = all_text(page).replace("\u2068", "").replace("\u2069", "")
    for point in stands.advice.against:
        assert point.says in said
    assert "At 1.35M calls a month or fewer (now 2.5M): *Keep prompting*." in said
    assert "submit" not in view(page)


def test_the_page_of_changes_has_every_flip_and_every_input_that_changes_nothing() -> None:
    stands = standing(MANY)
    said = all_text(pages.would_change(stands, "{}"))
    assert "*Calls a month*, now 2.5M. 1,351,075 or less: Keep prompting." in said
    assert "*Answers*" in said
    assert "*Assumptions*" in said
    assert "None of these assumptions alone changes it: " in said
    assert "passes over the examples" in said


def test_while_questions_remain_the_pages_say_that_nothing_is_settled() -> None:
    stands = standing({"data_may_leave": True})
    for page in (pages.case_against(stands, "{}"), pages.would_change(stands, "{}")):
        check_view(view(page))
        assert "Nothing is settled yet" in all_text(page)


def test_the_page_of_costs_shows_one_option_and_offers_the_others() -> None:
    stands = standing(MANY)
    page = pages.costs(stands, "{}")
    picker = next(b for b in view(page)["blocks"] if b["type"] == "actions")["elements"][0]
    assert picker["initial_option"]["text"]["text"] == "Fine-tune: Nova Micro on AWS"
    labels = [one["text"]["text"] for one in picker["options"]]
    assert labels == [
        "Prompt: GPT-6.1 Terra",
        "Prompt, cached: GPT-6.1 Terra",
        "Cheaper model: GPT-6 Luna",
        "Fine-tune: Nova Micro on AWS",
        "Fine-tune, self-hosted: 8B on H100",
    ]
    said = all_text(page)
    assert "Engineering for the first tuned model: 120 hours at $100 = $12,000\u2069 (default)" in said
    assert "Output tokens: 375M at $0.14 per 1M = $52.50\u2069 [1]" in said
    assert "as of 2026-03, 8 months ago, which is old" in said
    cached = pages.costs(stands, "{}", picker["options"][1]["value"])
    assert "Fixed prompt tokens read from the cache" in all_text(cached)


def test_an_option_that_is_gone_leads_to_another() -> None:
    assert pages.costs(standing(MANY), "{}", "steam@9") == pages.costs(standing(MANY), "{}")


def test_examples_of_the_volume_have_a_page_each() -> None:
    values = [value for value, _, _ in pages.options(standing(CASES["add_retrieval"]))]
    assert len(values) == len(set(values)) == 10
    assert "Prompt: GPT-6.1 Terra at 1M calls" in all_text(
        pages.costs(standing(CASES["add_retrieval"]), "{}", "prompt@1")
    )


def test_explain_has_the_options_that_matter_and_leads_to_the_others() -> None:
    drawn = message(notes.explain(standing(MANY)))
    check(drawn.text, drawn.blocks)
    heads = [said for said in texts(drawn.blocks) if " in the first year*" in said]
    assert [head[1:].partition(": $")[0] for head in heads] == [
        "Prompt, cached: GPT-6.1 Terra",
        "Cheaper model: GPT-6 Luna",
        "Fine-tune: Nova Micro on AWS",
    ]
    for amount in ("$3,755", "$1,875", "$0.035 per 1M", "genai-prices"):
        assert amount in drawn.text
    assert drawn.blocks[-1]["elements"][0]["action_id"] == ids.COSTS


def test_the_summary_says_how_sure_it_is_and_why() -> None:
    said = text(notes.summary(standing(MANY)))
    assert "Confidence: low." in said or "Confidence: medium." in said
    assert "against $3,755 for today's prompt with the cache on" in said


def test_the_reasons_have_a_page_with_their_thresholds_and_sources() -> None:
    stands = standing(MANY)
    said = all_text(pages.reasons(stands, "{}"))
    for reason in stands.told.reasons:
        assert reason.says in said
    assert "(threshold: at least 5 examples in the prompt)" in said
    assert "Few-Shot Learners" in said


def test_the_answer_to_change_is_chosen_from_all_that_were_given() -> None:
    stands = standing(MANY)
    page = view(pages.change_any(stands, "{}"))
    picker = next(b for b in page["blocks"] if b["type"] == "actions")["elements"][0]
    assert [one["value"] for one in picker["options"]] == [one.question for one in stands.given]
    assert "Calls a month: 2.5M" in [one["text"]["text"] for one in picker["options"]]


def test_a_close_call_is_said_before_anything_else() -> None:
    close = FEW | {"quality_now": 0.92}
    said = text(advice(standing(close))).split("\n")
    assert said[1] == "A close call: a target of 92.1% in place of 90% changes it."
    assert "At a target of 92.1% or more (now 90%): open again, what the misses look like decides." in said
    assert "close call" not in text(advice(standing(FEW)))


def test_whoever_is_to_tune_is_told_of_the_cheaper_model_and_of_a_much_smaller_base() -> None:
    said = text(advice(standing(MANY)))
    assert "GPT-6 Luna costs less, but misses the target." in said
    assert "Nova Micro on AWS is much smaller than today's model" in said
    assert "Tune if GPT-6 Luna misses the target" in text(advice(standing(CASES["fine_tune"])))
    assert "much smaller" not in text(card(standing(MANY)))


def test_a_tuned_model_that_costs_more_is_said_to_be_paid_for_something_else() -> None:
    said = text(advice(standing(CASES["hybrid"])))
    assert "it is the price of better quality, faster answers" in said
    assert "No saving pays back the" in said
    assert "lower cost" not in said.partition("What would change it")[0].lower()


def test_a_decision_is_shown_with_the_confidence_and_the_flips_that_were_kept() -> None:
    stands = standing(MANY)
    kept = stands.told
    document = shown(Recorded(decision(chosen="fine_tune"), consultation(MANY), None), kept)
    for said in (text(document), all_text(document).replace("*", "")):
        assert f"Confidence: {kept.confidence}." in said
        assert "At 1.35M calls a month or fewer (now 2.5M): Keep prompting." in said
        assert "The strongest point against it" in said


def test_a_decision_of_before_there_were_flips_is_shown_without_them() -> None:
    kept = standing(MANY).told.to_json()
    for key in ("flips", "against", "confidence", "quality", "removed"):
        del kept[key]
    said = text(shown(Recorded(decision(), consultation(MANY), None), Told.from_json(kept)))
    assert "Confidence" not in said
    assert "Fine-tune: Nova Micro on AWS: $698" in said


@pytest.mark.parametrize(
    ("case", "key", "value", "says"),
    [
        ("fine_tune", "retrains_per_year", 1, "1 a year is in the costs."),
        ("fine_tune", "retrains_per_year", 2, "2 a year are in the costs."),
        ("self_host", "on_call_hours", 1, "1 hour a month is in the costs."),
        ("self_host", "on_call_hours", 10, "10 hours a month are in the costs."),
    ],
)
def test_what_is_in_the_costs_is_said_of_one_and_of_several(
    case: str, key: str, value: int, says: str
) -> None:
    stands = standing({**CASES[case], f"assumptions.{key}": value})
    assert any(says in unstyled(step) for step in steps(stands, stands.told.ledger))
