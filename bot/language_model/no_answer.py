"""What is raised when a language model gave no answer."""

from __future__ import annotations


class NoAnswer(Exception):
    """The model gave none. ``args[0]`` says why, without a word of the question. ``passing``: worth a rest."""

    def __init__(self, why: str, *, passing: bool = True) -> None:
        super().__init__(why)
        self.passing = passing
