"""Whole conversations with people who were never shown the app: they type, and arrive where buttons would have led.

As they went when they were first tried: 29 of 30 arrived at the same verdict; of all their replies 29 took a tap, 11
were repeated with a button or a form (the median of a conversation is none), and one was stored otherwise than meant.
"""

from __future__ import annotations

from statistics import median

import pytest

from tests.support.office import Office
from tests.support.people import Course, Stranger, by_buttons, strangers, typed

EVERYBODY = strangers()
A_FEW = (0, 15, 22)


@pytest.mark.parametrize("who", [EVERYBODY[n] for n in A_FEW], ids=[EVERYBODY[n].person for n in A_FEW])
def test_somebody_who_types_arrives_where_buttons_lead(office: Office, who: Stranger) -> None:
    course = typed(office, who)
    assert course.verdict == by_buttons(who)
    assert course.wrong == []
    assert len(course.repeated) <= 1


@pytest.mark.long("thirty conversations from the first question to the verdict")
def test_thirty_people_arrive_where_buttons_lead(office: Office) -> None:
    courses: list[tuple[Stranger, Course]] = []
    for who in EVERYBODY:
        courses.append((who, typed(office, who)))
    astray = {who.person: (by_buttons(who), one) for who, one in courses if one.verdict != by_buttons(who)}
    repeats = [len(one.repeated) for _, one in courses]
    print(
        f"{len(courses) - len(astray)} of {len(courses)} same verdict; repeats: {sum(repeats)}, "
        f"median {median(repeats)}; taps: {sum(len(one.tapped) for _, one in courses)}; "
        f"stored otherwise: {sum(len(one.wrong) for _, one in courses)}"
    )
    for who, one in courses:
        for what, names in (("tap", one.tapped), ("repeat", one.repeated), ("otherwise", one.wrong)):
            for name in names:
                print(f"{what} {name}: {who.replies[name].text if name in who.replies else ''} {who.person}")
    assert astray == {}
    assert median(repeats) == 0
