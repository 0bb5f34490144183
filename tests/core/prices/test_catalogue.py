"""The dated catalogues of tuning and GPUs: strict, sourced, and looked up by day."""

from __future__ import annotations

import datetime
import tomllib
from decimal import Decimal
from importlib.resources import files
from typing import Any

import pytest
from pydantic import ValidationError

from core.prices.calling import BesideTheLibrary, calling_price
from core.prices.catalogue import (
    Base,
    Gpus,
    Tuning,
    gpu_price,
    gpus,
    newest,
    serving,
    training,
    tuning,
    why_not_tunable,
)

DAY = datetime.date(2026, 11, 23)


def base(name: str) -> Base:
    return next(b for b in tuning().base if b.name == name)


@pytest.mark.parametrize(
    ("name", "train", "price_in", "price_out"),
    [
        ("openai:gpt-4.1-2025-04-14", "25", "3", "12"),
        ("openai:gpt-4.1-mini-2025-04-14", "5", "0.8", "3.2"),
        ("openai:gpt-4.1-nano-2025-04-14", "1.5", "0.2", "0.8"),
        ("openai:gpt-4o-2024-08-06", "25", "3.75", "15"),
        ("openai:gpt-4o-mini-2024-07-18", "3", "0.3", "1.2"),
        ("openai:gpt-3.5-turbo", "8", "3", "6"),
        ("aws:amazon.nova-micro", "1", "0.035", "0.14"),
    ],
)
def test_the_prices_are_those_that_were_read_by_hand(
    name: str, train: str, price_in: str, price_out: str
) -> None:
    """gpt-4o-mini trains at $3: pages that say $25, $1, $0.80 or $0.03 are wrong."""
    prices = base(name).prices_on(DAY)
    assert (prices.train, prices.price_in, prices.price_out) == (
        Decimal(train),
        Decimal(price_in),
        Decimal(price_out),
    )


def test_what_was_not_found_is_unknown_and_not_nothing() -> None:
    for name in ("google:gemini-3.5-flash", "aws:amazon.nova-lite", "aws:claude-3-haiku"):
        prices = base(name).prices_on(DAY)
        assert prices.train is None
        assert "train" in prices.unknown
    assert "storage_per_month" in base("mistral:classifier-3b").prices_on(DAY).unknown


def test_everything_that_is_billed_as_another_model_finds_its_price() -> None:
    named = {prices.calling_as for b in tuning().base for prices in b.prices if prices.calling_as}
    assert all(calling_price(name, on=DAY).price_out > 0 for name in named)


@pytest.mark.parametrize(
    ("name", "day", "named", "why"),
    [
        ("openai:gpt-4o-mini-2024-07-18", "2026-05-06", False, None),
        ("openai:gpt-4o-mini-2024-07-18", "2026-05-07", False, "takes no new teams since 2026-05-07"),
        ("openai:gpt-4o-mini-2024-07-18", "2026-11-23", True, None),
        ("openai:gpt-4o-mini-2024-07-18", "2027-01-06", True, None),
        ("openai:gpt-4o-mini-2024-07-18", "2027-01-07", True, "could be tuned until 2027-01-06 only"),
        ("openai:gpt-4o-mini-2024-07-18", "2027-01-14", True, "retired on 2027-01-14"),
        ("openai:gpt-4.1-nano-2025-04-14", "2026-10-23", True, "retired on 2026-10-23"),
        ("google:gemini-2.5-flash", "2026-10-19", False, None),
        ("google:gemini-2.5-flash", "2026-10-20", False, "retired on 2026-10-20"),
        ("mistral:classifier-3b", "2026-11-23", False, "is offered only when you name it"),
        ("mistral:classifier-3b", "2026-11-23", True, None),
        ("aws:amazon.nova-micro", "2026-11-23", False, None),
    ],
)
def test_a_base_can_be_tuned_until_its_dates(name: str, day: str, named: bool, why: str | None) -> None:
    found = why_not_tunable(base(name), on=datetime.date.fromisoformat(day), named=named)
    assert (found or "").startswith(why or "")
    assert (found is None) == (why is None)


@pytest.mark.parametrize(
    ("gpu", "per_hour"),
    [
        ("H100", "3.59"),
        ("H200", "3.599"),
        ("B200", "5.938"),
        ("L4", "0.8048"),
        ("A100-80", "3.431"),
        ("h100", "3.59"),
    ],
)
def test_a_gpu_costs_the_index_else_the_list_price(gpu: str, per_hour: str) -> None:
    found = gpu_price(gpu, on=DAY)
    assert found is not None
    assert found.per_hour == Decimal(per_hour)


def test_a_gpu_that_nobody_priced_has_no_price() -> None:
    assert gpu_price("RTX4090", on=DAY) is None


def test_each_gpu_has_one_usual_price_a_day() -> None:
    usual = [(price.gpu, price.as_of) for price in gpus().price if price.usual]
    assert len(usual) == len(set(usual))


def test_a_throughput_is_of_a_size_on_so_many_gpus() -> None:
    eight = serving("8B", "H100", 1, on=DAY)
    seventy = serving("70B", "H100", 2, on=DAY)
    assert eight is not None
    assert seventy is not None
    assert (eight.tokens_per_second, seventy.tokens_per_second) == (12_500, 920)
    assert serving("8B", "H100", 2, on=DAY) == eight, "nobody measured two: no speed-up is claimed"
    assert training("3B", "H100", on=DAY) is None


def test_training_is_taken_with_lora() -> None:
    found = training("7B", "A100-80", on=DAY)
    assert found is not None
    assert found.tokens_per_second == 3151


def test_the_newest_entry_not_after_the_day_counts_and_before_the_first_the_first() -> None:
    prices = [base("openai:gpt-4o-mini-2024-07-18").prices[0]]
    older = prices[0].model_copy(update={"as_of": datetime.date(2025, 1, 1), "train": Decimal(9)})
    both = [*prices, older]
    for day, train in (("2024-06-01", 9), ("2025-01-01", 9), ("2026-10-31", 9), ("2026-11-01", 3)):
        assert newest(both, datetime.date.fromisoformat(day)).train == train


FILES = {"tuning.toml": Tuning, "gpus.toml": Gpus, "calling.toml": BesideTheLibrary}


def read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("core.prices").joinpath(name).read_text(encoding="utf-8"), parse_float=Decimal)


@pytest.mark.parametrize("name", FILES)
def test_an_unknown_key_is_refused(name: str) -> None:
    content = read(name)
    first = next(iter(content.values()))[0]
    first["prise"] = 1
    with pytest.raises(ValidationError, match="prise"):
        FILES[name].model_validate(content)


@pytest.mark.parametrize("missing", ["as_of", "source", "confidence"])
def test_a_price_without_its_date_source_or_confidence_is_refused(missing: str) -> None:
    content = read("tuning.toml")
    del content["base"][0]["prices"][0][missing]
    with pytest.raises(ValidationError, match=missing):
        Tuning.model_validate(content)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"train": Decimal(-1)}, "greater than or equal to 0"),
        ({"train": None}, "train is neither given nor named in unknown"),
        ({"unknown": ["train"]}, "train is given and unknown at once"),
        ({"unknown": ["everything"]}, "Input should be"),
        ({"confidence": "sure"}, "Input should be"),
    ],
)
def test_a_price_that_cannot_be_is_refused(change: dict[str, Any], why: str) -> None:
    content = read("tuning.toml")
    entry = content["base"][0]["prices"][0] | change
    content["base"][0]["prices"][0] = {key: value for key, value in entry.items() if value is not None}
    with pytest.raises(ValidationError, match=why):
        Tuning.model_validate(content)


def test_a_base_of_a_provider_that_is_not_described_is_refused() -> None:
    content = read("tuning.toml")
    content["base"][0]["provider"] = "nobody"
    with pytest.raises(ValidationError, match="no provider is called nobody"):
        Tuning.model_validate(content)


def test_a_base_that_is_listed_twice_is_refused() -> None:
    content = read("tuning.toml")
    content["base"].append(content["base"][0])
    with pytest.raises(ValidationError, match="a base is listed twice"):
        Tuning.model_validate(content)
