"""Models as people say them: "GPT-6.1 Terra" for ``openai:gpt-6.1-terra``, "Nova Micro on AWS" for one at a provider.

A name is made from the key alone, by the rules below, so that what was kept years ago is named without a catalogue.
"""

from __future__ import annotations

import re
from functools import lru_cache

PROVIDERS = {
    "aws": "AWS", "azure": "Azure", "openai": "OpenAI", "google": "Google", "x-ai": "xAI", "ori": "Ori",
    "openrouter": "OpenRouter", "deepseek": "DeepSeek", "huggingface": "Hugging Face",
}  # fmt: skip
"""How a provider is spelt, where a capital letter does not do."""

_MAKERS = {
    "openai": r"gpt|o\d|chatgpt|davinci|babbage|codex",
    "anthropic": r"claude",
    "google": r"gemini|gemma",
    "mistral": r"mistral|ministral|codestral|devstral|magistral|mixtral|pixtral|classifier",
    "deepseek": r"deepseek",
    "x-ai": r"grok",
    "cohere": r"command|embed|rerank|aya",
}
"""What begins the names of a provider's own models: those go without "on ..."."""

_FAMILIES = {"gpt": "GPT", "chatgpt": "ChatGPT", "llama": "Llama", "qwen": "Qwen", "glm": "GLM", "oss": "OSS"}
_SMALL = frozenset({"mini", "nano"})
"""What OpenAI writes small behind a GPT."""
_DATED = re.compile(r"[-@](\d{4}-\d{2}-\d{2}|20\d{6}|latest|preview)$|[-:]v\d+(:\d+)?$|:\d+$")
_MAKER = re.compile(r"^((us|eu|apac|global)\.)?([a-z0-9]+\.(?=[a-z])|.*/)?(ft:)?")
_SIZE = re.compile(r"\d+(\.\d+)?[bm]")
_WORD = re.compile(r"([a-z]+)(\d[\w.]*)")


@lru_cache(maxsize=1024)
def model_name(key: str) -> str:
    """A model's name for people. ``key``: ``provider:model``; a name without a provider is shown as it is."""
    provider, colon, model = key.partition(":")
    if not colon or not model:
        return key
    bare = _MAKER.sub("", model.lower())
    own = re.match(_MAKERS.get(provider, "(?!)"), bare)
    named = model[:1].upper() + model[1:] if " " in model else _spelt(bare)
    return named if own else f"{named} on {provider_name(provider)}"


def provider_name(provider: str) -> str:
    """A provider's name for people: "AWS"."""
    return PROVIDERS.get(provider, provider[:1].upper() + provider[1:])


def _spelt(model: str) -> str:
    words = re.split("[-_:]", _DATED.sub("", model))
    joined: list[str] = []
    for word in words:
        if joined and re.fullmatch(r"\d{1,2}", word) and re.fullmatch(r"\d{1,2}", joined[-1]):
            joined[-1] += f".{word}"  # claude-haiku-4-5
        elif word:
            joined.append(word)
    first, *rest = joined or [model]
    if re.fullmatch(r"o\d", first):
        return "-".join(joined)
    if first in ("gpt", "chatgpt") and rest:
        version, *more = rest
        version = _FAMILIES.get(version, version)
        return " ".join([f"{_FAMILIES[first]}-{version}", *(w if w in _SMALL else _capital(w) for w in more)])
    return " ".join([_capital(first), *map(_capital, rest)])


def _capital(word: str) -> str:
    if _SIZE.fullmatch(word):
        return word.upper()
    if word in _FAMILIES:
        return _FAMILIES[word]
    family = _WORD.fullmatch(word)
    if family and family[1] in _FAMILIES:
        return _FAMILIES[family[1]] + family[2]
    return word[:1].upper() + word[1:]
