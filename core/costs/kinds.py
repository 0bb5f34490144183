"""What a line of a ledger is for, whatever its label says; kept with it, so that a label may change."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """Of people's work by the assumption that holds its hours, of other amounts by what is paid for."""

    FIXED_TOKENS = "fixed_tokens"
    CACHED_TOKENS = "cached_tokens"
    UNCACHED_TOKENS = "uncached_tokens"
    CHANGING_TOKENS = "changing_tokens"
    OUTPUT_TOKENS = "output_tokens"
    BATCH_DISCOUNT = "batch_discount"
    TRAINING = "training"
    TRAINING_ANEW = "training_anew"
    GPU_TRAINING = "gpu_training"
    GPU_TRAINING_ANEW = "gpu_training_anew"
    LABELS = "labels_to_buy"
    PROMPT_HOURS = "prompt_hours"
    TUNING_HOURS = "tuning_hours"
    RETRAIN_HOURS = "retrain_hours"
    UPKEEP_HOURS = "upkeep_hours"
    ON_CALL_HOURS = "on_call_hours"
    SERVERS = "servers"
    HOSTING = "hosting"
    STORAGE = "storage"
    WORTH = "worth"


TOKENS_OF_CALLS = frozenset(
    {
        *(Kind.FIXED_TOKENS, Kind.CACHED_TOKENS, Kind.UNCACHED_TOKENS),
        *(Kind.CHANGING_TOKENS, Kind.OUTPUT_TOKENS),
    }
)
"""What the calls of a month read and write; a repeated call is in it as often as it is made."""
BILLED = TOKENS_OF_CALLS | {Kind.BATCH_DISCOUNT}
"""What a provider bills for calls."""
FOLLOWS_CALLS = BILLED | {Kind.SERVERS}
"""What grows with the calls, servers by whole ones. The rest of a month is the same at any number of calls."""
RETRAINED = frozenset({Kind.TRAINING_ANEW, Kind.GPU_TRAINING_ANEW, Kind.RETRAIN_HOURS})
"""What it takes to train once more."""
