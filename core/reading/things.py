"""What a number counts where any noun will do: "15,000 letters a month", "six worked cases", "900 discharge notes".

The nouns of people's own tasks are without end. Where a quantity was asked for, the words right behind a number are taken as
its noun, up to one that cannot belong to it.
"""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from collections.abc import Sequence

from core.facts import THINGS
from core.reading.introductions import LOADED
from core.reading.languages import CONTEXT
from core.reading.lexer import Token
from core.reading.units import PERIODS

ANY_NOUN = frozenset(("calls_per_month", *(key for key, things in THINGS.items() if "thing" in things.taken)))
"""The questions for a number of things that may have any noun."""

MOST_WORDS = 3
"""A noun with its adjectives: "damaged parcel reports"."""

_ENDS = frozenset(
    """
    a an the this that these those each every per any all both in on at of for with by from to into over under within without during through
    and or but so because since as than if when while where which who whose whom what how there here it they we i you he she us them our your their its my
    is out off are was were be been being am has have had do does did will would can could shall should may might must need needs want wants
    come comes came go goes went get gets got run runs make makes made take takes took say says said give gives gave
    not no never only just about around roughly maybe perhaps probably more less fewer most least right correct wrong good ok okay fine enough
    now today currently presently daily weekly monthly yearly annually hourly quarterly then yet still so far already again too also
    depending percent percentage point points x times fold million thousand hundred billion k m plus minus lol haha sorry thanks please tbh imo though
    second seconds minute minutes hour hours day days week weeks month months quarter quarters year years night nights fortnight
    first last past next then before previous once twice total altogether together overall combined average avg mean sum max min maximum minimum tops something ish odd
    """.split()
)
PEOPLE = frozenset(
    """
    clerk clerks lawyer lawyers nurse nurses doctor doctors teacher teachers editor editors author authors broker brokers adjuster adjusters student students
    colleague colleagues worker workers caseworker caseworkers dispatcher dispatchers operator operators translator translators writer writers recruiter recruiters
    pharmacist pharmacists librarian librarians physician physicians planner planners buyer buyers seller sellers technician technicians inspector inspectors
    member members subscriber subscribers driver drivers chef chefs tutor tutors professor professors consultant consultants advisor advisors adviser advisers
    pupil pupils volunteer volunteers grower growers station stations council councils depot depots parish parishes shift shifts
    staffer staffers manager managers analyst analysts assistant assistants secretary secretaries officer officers scientist scientists developer developers
    hospital hospitals school schools clinic clinics ward wards bank banks hotel hotels restaurant restaurants museum museums office offices library libraries
    warehouse warehouses practice practices pharmacy pharmacies farm farms plant plants court courts centre centres center centers
    """.split()
)
"""Those who do something, so many times each: their number is no number of calls."""

NO_THINGS = frozenset(
    """
    category categories class classes label labels code codes page pages line lines sentence sentences word words paragraph paragraphs rule rules
    language languages field fields column columns version versions round rounds step steps model models prompt prompts part parts section sections
    binder binders folder folders box boxes shoebox shoeboxes drawer drawers inbox inboxes drive drives
    attempt attempts try tries iteration iterations hours reasons kinds types type sites
    """.split()
)
"""What is in a prompt or a set of examples, or what it took, and is no example."""


def thing_at(tokens: Sequence[Token], at: int, question: str | None) -> tuple[str, str, int] | None:
    """The kind and the noun of what is counted from token ``at`` on, and where it ends; ``None`` where no noun stands."""
    if question not in ANY_NOUN:
        return None
    end = at
    while end < len(tokens) and end < at + MOST_WORDS and _may_be_of_it(tokens[end]):
        if end > at and (tokens[end].text in LOADED or tokens[end - 1].text in PEOPLE):
            break
        end += 1
    if end == at:
        return None
    words = {token.text for token in tokens[at:end]}
    if tokens[end - 1].text in PEOPLE:
        return "other", "entities", end
    if words & LOADED - (_OF_EXAMPLES if question != "calls_per_month" else frozenset()):
        return "other", tokens[end - 1].text, end
    if question != "calls_per_month" and words & NO_THINGS:
        return "other", tokens[end - 1].text, end
    return "count", "thing", end


_OF_EXAMPLES = frozenset(
    "best worst different similar typical first second real former approved plans".split()
)
"""What examples may be, beside their noun."""


def _may_be_of_it(token: Token) -> bool:
    text = token.text
    return text.isalpha() and len(text) > 2 and not (text in _ENDS or text in PERIODS or text in CONTEXT)


def nouns_of(task: str) -> frozenset[str]:
    """The words of a task, each as one and as many: what its calls may be called by."""
    words = {
        word for word in "".join(c if c.isalpha() else " " for c in task.lower()).split() if len(word) > 2
    }
    words -= _ENDS
    many = {word[:-1] + "ies" if word.endswith("y") else f"{word}s" for word in words}
    one = {word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s") for word in words}
    return frozenset(words | many | one)
