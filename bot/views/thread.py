"""What each message of a consultation shows: one drawing per kind of post, from the consultation as it stands."""

from __future__ import annotations

from bot.conversation import posts
from bot.conversation.standing import Standing, was_posted_again
from bot.views import before, evidence, notes, outcomes, similar, taking
from bot.views.advice import advice, superseded_advice
from bot.views.card import card
from bot.views.chart import chart
from bot.views.document import Document
from bot.views.of_advice import of_advice
from bot.views.question import answered, question
from bot.views.rewritten import rewritten
from bot.views.suggested import suggested


def draw(standing: Standing, post: posts.Post, *, hears_threads: bool = True) -> Document | None:
    """What one message of the thread shows now; ``None``: nothing. ``hears_threads``: typed replies need no mention."""
    about = post.about
    match about:
        case posts.Card():
            return card(standing)
        case posts.Question(name):
            is_open = standing.asking == name and standing.consultation.status == "open"
            if is_open and standing.is_latest(post):
                return question(standing, name, hears_threads=hears_threads)
            return answered(standing, name, post.id)
        case posts.Advised():
            stands = standing.is_advised and standing.is_latest(post)
            return advice(standing) if stands else superseded_advice(standing)
        case posts.Chart():
            found = standing.curves if standing.is_latest(post) else None
            return chart(standing, about, found, again=was_posted_again(standing, post))
        case posts.Copy():
            return notes.copy(standing)
        case posts.PutOff() | posts.Idle() | posts.OnItsWay() | posts.Unknown():
            return None
        case (
            posts.FileToRead()
            | posts.FileInDoubt()
            | posts.FileRead()
            | posts.FileRefused()
            | posts.FileUnused()
        ):
            return evidence.evidence(standing, about, post.id)
        case posts.TakenThere() | posts.NotTaken() | posts.Similar() | posts.OnRecord() | posts.Withdrawn():
            return _of_others(standing, about)
        case posts.Rewritten():
            return rewritten(standing, about)
        case (
            posts.CheckIn()
            | posts.OutcomeNoted()
            | posts.OutcomeTakenBack()
            | posts.OutcomeRefused()
            | posts.AskedLater()
            | posts.Linked()
            | posts.Moved()
        ):
            return outcomes.came_of_it(standing, about, post)
        case _:
            return _understood(standing, about)


def _of_others(
    standing: Standing,
    about: posts.TakenThere | posts.NotTaken | posts.Similar | posts.OnRecord | posts.Withdrawn,
) -> Document:
    """A note on another consultation, or on what became of this one's decision."""
    match about:
        case posts.TakenThere():
            return taking.taken_there(standing)
        case posts.NotTaken():
            return taking.not_taken(standing, about)
        case posts.Similar():
            return similar.similar(about)
        case posts.OnRecord():
            return before.on_record(standing, about) if about.asks else similar.on_record(about)
        case posts.Withdrawn():
            return similar.withdrawn(about)


def _understood(
    standing: Standing, about: posts.Understood | posts.Shown | posts.Happened
) -> Document | None:
    """A note on what was understood of a reply. Those without a state are written once and left alone."""
    match about:
        case posts.Echo():
            return notes.echo(standing, about) if about.is_shown else None
        case posts.Doubtful():
            return notes.doubtful(standing, about)
        case posts.Confirmed():
            return notes.confirmed(standing, about)
        case posts.Outdated():
            return notes.outdated(standing, about)
        case posts.Denied():
            return notes.denied(standing, about.echo, about.settled_by)
        case posts.WhatIf() | posts.WhatIfOffered() | posts.WhatIfAdopted():
            return notes.whatif(standing, about)
        case posts.WhatIfUnread(because):
            return notes.whatif_unread(because)
        case posts.NotUnderstood(because, asked_now):
            return notes.not_understood(because or "", asked_now)
        case posts.Suggested():
            return suggested(standing, about)
        case posts.TooLate(asked_before):
            given = standing.given_to(asked_before)
            return notes.late(given) if given is not None else notes.not_understood("", standing.asking)
        case _:
            return _shown(standing, about)


def _shown(standing: Standing, about: posts.Shown | posts.Happened) -> Document:
    """A note on what somebody wanted to be shown, or has to be told."""
    match about:
        case posts.Why():
            return notes.why(standing)
        case posts.WhyQuestion():
            return notes.why_question(standing)
        case posts.Explain():
            return notes.explain(standing)
        case posts.Summary():
            return notes.summary(standing)
        case posts.HelpHere():
            return notes.help()
        case posts.OfAdvice():
            return of_advice(standing, about)
        case posts.Called(asked):
            return notes.called(asked)
        case posts.OneFile():
            return evidence.one_file()
        case posts.GoesOnThere():
            return taking.taken_there(standing)
        case posts.AlreadyDecided() | posts.DecidedMeanwhile():
            return notes.already_decided(standing)
        case _:
            return notes.happened(standing, about)
