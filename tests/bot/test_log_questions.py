"""Which mentions are questions to the log, and which are tasks."""

from __future__ import annotations

import pytest

from bot.conversation.log_questions import log_question, numbered


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("why did we choose #24?", 24),
        ("does #7 still hold?", 7),
        ("who decided #3", 3),
        ("how did #1 turn out?", 1),
        ("show me decision 42", 42),
        ("extract #3 from a list", None),
        ("is #3 better than #4?", None),
        ("rank #general messages", None),
    ],
)
def test_a_question_about_one_number_is_one_about_that_decision(said: str, number: int | None) -> None:
    assert numbered(said) == number


@pytest.mark.parametrize(
    ("said", "query"),
    [
        ("what is due?", "due:yes"),
        ("which outcomes are overdue?", "due:yes"),
        ("how many decisions were made?", ""),
        ("what did Chen decide this year?", "Chen since:this-year until:this-year"),
        ("which one was the dearest?", "sort:cost"),
        ("did we ever decide to fine-tune anything for contracts?", "contracts verdict:fine_tune,hybrid"),
    ],
)
def test_what_people_ask_of_a_log_is_asked_of_it(said: str, query: str) -> None:
    found = log_question(said)
    assert found is not None
    assert found.query == query


@pytest.mark.parametrize(
    "task",
    [
        "find the decision date in court rulings",
        "decide which tickets to escalate",
        "what should the agent say when a refund is due",
        "list the parties of a contract",
        "which department does a letter belong to?",
        "find the most expensive item of an invoice",
    ],
)
def test_a_task_that_sounds_a_little_like_one_stays_a_task(task: str) -> None:
    assert log_question(task) is None
    assert numbered(task) is None
