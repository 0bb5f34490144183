"""Where people name their own things: "vet clinic here, ...", "freight: ...", "yes, it's just recipes".

Such names are without end and in no table. They are explained only in these places, where they say whose or what it is;
anywhere else a word that is not known may change what is said, and makes a reading doubtful.
"""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from core.reading.reply import Reply
from core.reading.rule import Rule
from core.reading.vocabulary import CONTRAST, KNOWN, NEGATORS

LOADED = (
    CONTRAST
    | NEGATORS
    | frozenset(
        """
    after afterwards before until till soon later next previous previously former formerly prior ago last yesterday tomorrow once when while whenever eventually someday
    future upcoming early earlier initially originally historically finally plan plans planned planning expect expects expected expecting forecast forecasts forecasted project
    projected projection projections predict predicted anticipate anticipated assume assumed assuming suppose supposed intend intended hope hopes hoped hoping wish wished dream
    launch launched launching pilot trial trials beta phase phases rollout roll ramp ramping scale scaling scaled migrate migrated migration redesign become becomes becoming became
    grow grows growing grew grown growth increase increases increasing increased decrease decreases decreasing decreased shrink shrinks shrinking rise rises rising rose fall falls
    falling fell drop drops dropped dropping double doubles doubled doubling triple tripled halve halved climb climbs climbing explode explodes exploded skyrocket decline declines declining
    was were had been used would could might should ought provided providing conditional conditionally whether depend depended pending approval approved permission consent
    half third quarter fifth tenth fraction part parts partial partially portion portions percentage ratio majority minority most mostly some many few several other others another
    additional extra more less fewer least minus net gross peak peaks max maximum min minimum limit limits limited limiting cap caps capped quota quotas budget budgeted capacity provisioned
    allowance allotment sized ceiling floor baseline per apiece times twice thrice fold remaining rest remainder leftover duplicate duplicates cached cache retries retry retried failed failure
    failures dedup deduplicated unique sampled sampling combined cumulative lifetime total since
    wrong incorrect false fake lie lied joke joking kidding sarcasm doubt doubts doubted doubtful unlikely impossible uncertain unclear debatable disputed surprised shocked
    stop stopped stops stopping lack lacks lacking missing refuse refuses refused reject rejects rejected deny denies denied prevent prevents prevented block blocks blocked avoid avoids avoided
    ban banned remove removed removes cancel cancelled barely scarcely rarely seldom dislike hate hates unable against opposed disagree objected objects
    better worse faster slower higher lower bigger smaller larger cheaper pricier than compared relative relatively versus improved improves improvement gain gains delta difference different
    competitor competitors rival rivals industry published paper papers blog literature typical elsewhere competitor's hypothetically theoretically theory ideally imagine pretend
    uptime availability coverage adoption retention churn conversion ctr satisfaction humidity discount margin occupancy utilization utilisation attendance turnout
    worst best first second excludes excluded exclude ignoring ignore ignored apart unlike similar same equal equals
    allow allows allowed allowing permit permits permitted entitle entitles entitled cover covers covered guarantee guarantees guaranteed promise promises promised commit commits committed negotiated
    waited exceed exceeds exceeded exceeding surpass surpasses cross crosses crossed breach breaches reach reaches reached hit hits aim aims aimed target targets goal dreamt pray prays fear fears worried
    sold selling buy bought licence license licenses seats subscriptions subscribers visitors visits pageviews impressions clicks downloads installs sessions members followers population
    back ass breakeven break-even pitch pitches claimed alleged allegedly supposedly quasi semi pseudo impressions dreams pre post during olympics campaign approaching nowhere
    quadruple quadrupled tripling doubling alone deflects deflected phone throttles throttled throttle provision provisions rumour rumoured rumored
    germany france europe america usa asia uk spain italy mislabelled synthetic generated unlabelled unlabeled unreviewed recommend recommends recommended fit drawer quoted
    weekend weekends holiday holidays season seasonal seasons summer winter spring autumn busy slow quiet
    """.split()
    )
)
"""Words that change what is said beside them, and so are no names."""

_NAME = r"[a-z]{3,20}"
_PLACES = (
    Rule(rf"^(?P<names>{_NAME}(?: {_NAME}){{0,2}}) (?:here|speaking) [,:.!-]"),
    Rule(rf"^(?:for |in |at )?(?:our |the )?(?P<names>{_NAME}(?: {_NAME}){{0,2}}) :"),
    Rule(
        rf"(?:^|[,.] )(?:we|i) (?:are|am|run|operate) (?:a |an |the )?(?P<names>{_NAME}(?: {_NAME}){{0,2}}) [,.;:-]"
    ),
    Rule(
        rf"(?:^|[,.] )(?:it is|its|they are|these are|this is|all|just|only) (?:all |just |only |mostly about |about )?(?P<names>{_NAME}(?: {_NAME})?)(?: anyway)?(?= ?[.!]|$)"
    ),
    Rule(rf"(?:^|[,.] |the |our )(?P<names>{_NAME}) (?=(?:change|changes|rotate|rotates|update|updates) )"),
)


def explain_introductions(reply: Reply) -> None:
    """Mark the names of their own things as explained, where nothing else is said with them."""
    for place in _PLACES:
        for match in place.finditer(reply.line):
            words = match["names"].split()
            if not any(word in LOADED or (word in KNOWN and word not in _HARMLESS) for word in words):
                reply.explain_characters(match.start("names"), match.end("names"))


_HARMLESS = frozenset(
    "chain company team business product shop app service firm support sales marketing".split()
)
