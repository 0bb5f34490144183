"""Logs of Inspect (inspect-ai), as JSON or as its ``.eval``, which is an archive with a file for each sample.

https://inspect.aisi.org.uk/eval-logs.html: a sample's scores say C (correct), I (incorrect), P (partial) or
N (no answer), or a number. The status of the run is none of that.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from core.evidence.found import CannotRead, Found, Unreadable, Use, noted, short
from core.evidence.json_text import value_of
from core.evidence.table import read_table
from core.nouns import with_nouns

LETTERS = {"C": True, "I": False, "P": "partial", "N": "no answer"}
LONGEST_SAMPLE = 50 * 1024 * 1024
MOST_UNPACKED = 400 * 1024 * 1024
ENDED = {
    "error": "The run ended in an error.",
    "cancelled": "The run was cancelled.",
    "started": "The run had not ended.",
}
"""What a log's status says of a run that has not gone through."""
HEADER_ONLY = (
    "It is the header of an Inspect log: it has no samples in it. "
    "Give me the whole log, the `.eval` file or what `inspect log dump` writes."
)
STRANGE = "It is an archive that I cannot open. Give me what `inspect log convert --to json` writes."
TOO_LONG = (
    f"Unpacked it is larger than {MOST_UNPACKED // 2**20} MB, which is the most I read. "
    "Give me a log with fewer samples."
)
TOO_LONG_SAMPLE = (
    f"One of its samples is larger than {LONGEST_SAMPLE // 2**20} MB. Leave the longest ones out."
)


def is_log(document: Mapping[str, Any]) -> bool:
    """Whether this is one of its logs, or the header of one."""
    about = document.get("eval")
    return isinstance(about, Mapping) and "model" in about and ("status" in document or "samples" in document)


def read_log(document: Mapping[str, Any], use: Use) -> Found:
    """Read the samples."""
    samples = document.get("samples")
    if not isinstance(samples, list) or not samples:
        return Unreadable(HEADER_ONLY)
    return _read(document, lambda: iter(samples), use)


def is_table(row: Any) -> bool:
    """Whether this is a row of its samples as a table (``samples_df``)."""
    return isinstance(row, Mapping) and {"sample_id", "epoch"} <= row.keys() and bool(_score_columns(row))


def read_rows(rows: Callable[[], Iterator[Any]], use: Use) -> Found:
    """Read the columns of scores."""
    scores = _score_columns(next(rows(), {}))

    def marked() -> Iterator[Mapping[str, Any]]:
        return ({**row, **{name: _mark(row.get(name)) for name in scores}} for row in rows())

    return read_table(marked, use, "Inspect samples", scores)


def _score_columns(row: Mapping[str, Any]) -> list[str]:
    return [name for name in row if name.startswith("score_")]


def is_archive(archive: zipfile.ZipFile) -> bool:
    """Whether an archive is a log."""
    names = archive.namelist()
    return "header.json" in names or any(name.startswith(("samples/", "_journal/")) for name in names)


def read_archive(archive: zipfile.ZipFile, use: Use) -> Found:
    """Read the samples, one after the other."""
    samples = [one for one in archive.infolist() if one.filename.startswith("samples/")]
    if sum(one.file_size for one in samples) > MOST_UNPACKED:
        return Unreadable(TOO_LONG)
    header = next((name for name in ("header.json", "_journal/start.json") if name in archive.namelist()), "")
    about = dict(_opened(archive, header)) if header else {}
    if header != "header.json":
        about["status"] = "started"  # the header is what is written last
    if not samples:
        return Unreadable(HEADER_ONLY)
    rows = [_row(_opened(archive, one.filename), *_model_and_usage(about)) for one in samples]
    return _counted(about, lambda: iter(rows), use)


def _opened(archive: zipfile.ZipFile, name: str) -> Mapping[str, Any]:
    try:
        with archive.open(name) as file:
            content = file.read(LONGEST_SAMPLE + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError):
        raise CannotRead(STRANGE) from None
    except Exception as broken:  # zlib.error and whatever else a decompressor has of its own
        raise CannotRead(STRANGE) from broken
    if len(content) > LONGEST_SAMPLE:
        raise CannotRead(TOO_LONG_SAMPLE)
    found = value_of(content.decode("utf-8", "replace"))
    return found if isinstance(found, Mapping) else {}


def _read(document: Mapping[str, Any], samples: Callable[[], Iterator[Any]], use: Use) -> Found:
    known = _model_and_usage(document)
    return _counted(
        document, lambda: (_row(one, *known) for one in samples() if isinstance(one, Mapping)), use
    )


def _counted(about: Mapping[str, Any], rows: Callable[[], Iterator[Mapping[str, Any]]], use: Use) -> Found:
    known = {"id", "model", "error", "input_tokens", "output_tokens"}
    scorers = dict.fromkeys(name for row in rows() for name in row if name not in known)
    found = read_table(rows, use, "Inspect log", list(scorers))
    part = _part_told(about, sum(1 for _ in rows()))
    return noted(found, part) if part else found


def _part_told(about: Mapping[str, Any], there: int) -> str:
    """What has to be known of a log that is not all of its run; "" of one that is."""
    total, ended = _total(about) or _planned(about), ENDED.get(str(about.get("status")), "")
    if not ended and (total is None or there >= total):
        return ""
    of = f" of {total:,}" if total is not None and there < total else ""
    samples = with_nouns(f"{there:,}{of}", "samples")
    return f"{ended or 'The log is not complete.'} {samples} {'is' if there == 1 else 'are'} in it: a part of the run."


def _planned(about: Mapping[str, Any]) -> int | None:
    """How many samples the run was to have, each once for each epoch."""
    named = about.get("eval")
    dataset = named.get("dataset") if isinstance(named, Mapping) else None
    config = named.get("config") if isinstance(named, Mapping) else None
    ids = dataset.get("sample_ids") if isinstance(dataset, Mapping) else None
    epochs = config.get("epochs") if isinstance(config, Mapping) else None
    if not isinstance(ids, list) or not ids:
        return None
    return len(ids) * (
        epochs if isinstance(epochs, int) and not isinstance(epochs, bool) and epochs > 0 else 1
    )


def _total(about: Mapping[str, Any]) -> int | None:
    results = about.get("results")
    total = results.get("total_samples") if isinstance(results, Mapping) else None
    return total if isinstance(total, int) and not isinstance(total, bool) else None


def _model_and_usage(about: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """The model that was evaluated, and the mean tokens of a sample where the samples do not say their own."""
    named = about.get("eval")
    model = str(named.get("model") or "") if isinstance(named, Mapping) else ""
    stats, total = about.get("stats"), _total(about)
    usage = _usage(stats, model)
    mean = {key: value / total for key, value in usage.items() if total and isinstance(value, int | float)}
    return model, mean


def _usage(about: Any, model: str) -> Mapping[str, Any]:
    """The tokens of the model that was evaluated, not those of one that grades."""
    usage = about.get("model_usage") if isinstance(about, Mapping) else None
    own = usage.get(model) if isinstance(usage, Mapping) else None
    return own if isinstance(own, Mapping) else {}


def _row(sample: Mapping[str, Any], model: str, mean: Mapping[str, Any]) -> dict[str, Any]:
    usage = _usage(sample, model) or mean
    error = sample.get("error")
    row: dict[str, Any] = {
        "id": sample.get("id"),
        "model": model.replace("/", ":", 1),
        "error": "yes" if error else None,
        "input_tokens": usage.get("input_tokens"),
        "output_tokens": usage.get("output_tokens"),
    }
    scores = sample.get("scores")
    for scorer, score in scores.items() if isinstance(scores, Mapping) else ():
        value = score.get("value") if isinstance(score, Mapping) else score
        if isinstance(value, Mapping):
            row |= {short(f"{scorer}.{key}"): _mark(one) for key, one in value.items()}
        else:
            row[short(str(scorer))] = _mark(value)
    return row


def _mark(value: Any) -> Any:
    return LETTERS.get(value, value) if isinstance(value, str) else value
