"""A second look at an answer in words that nobody would be asked about: where it is no more than likely, it is asked.

Rules read single phrases, and a phrase may stand in a sentence that says otherwise ("it stays under the goal"). The
classifier looks at all words; of readings by rules that it held for less likely than this, about half were wrong.
"""

from __future__ import annotations

from core.reading.outcome import Reading
from core.reading.reply import Reply
from core.reading.suggest.cues import closing, verdict
from core.reading.suggest.features import words_of
from core.reading.suggest.settling import doubted, option_of
from core.reading.suggest.weights import heads, probabilities

FEWEST = 11
"""Words and signs of a reply that may say otherwise than its phrases; what is shorter is taken at its word."""
LIKELY = 0.75
"""How likely an answer must be, where no plain yes or no says it."""


def looked_at_again(reading: Reading, question: str, reply: Reply) -> Reading:
    """The reading to be confirmed, where the whole reply makes it less likely than its single phrases do."""
    if reading.doubtful or reading.intent != "answer" or set(reading.values) != {question}:
        return reading
    said = option_of(question, reading.values[question])
    words = words_of(reply.line)
    if heads()[question].several or not said or len(words) < FEWEST or _is_plain(question, reply, said[0]):
        return reading
    likely = probabilities(question, words)
    return reading if likely[said[0]] >= LIKELY else doubted(reading, question, likely, said)


def _is_plain(question: str, reply: Reply, said: str) -> bool:
    """Whether a yes or no opens or ends the reply and says the same."""
    opened = reply.lead is not None and str(reply.lead).lower() == said
    return opened or said in (closing(reply.line), verdict(question, reply.line))
