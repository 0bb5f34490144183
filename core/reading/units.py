"""The units, periods and nouns that make a quantity of a number."""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from decimal import Decimal

from core.facts import THINGS

DAYS_A_MONTH = Decimal("30.4375")
WORKING_DAYS_A_MONTH = Decimal("21.74")
OFFICE_HOURS = 8

PERIODS = {
    **dict.fromkeys("second seconds sec secs s sekunde seconde segundo".split(), "second"),
    **dict.fromkeys("minute minutes min mins minuto".split(), "minute"),
    **dict.fromkeys("hour hours hr hrs h std stunde heure hora ora".split(), "hour"),
    **dict.fromkeys("day days d tag jour día dia giorno dag night morning afternoon evening".split(), "day"),
    **dict.fromkeys("workday workdays weekday weekdays".split(), "working day"),
    **dict.fromkeys("week weeks wk wks w weekend weekends woche semaine semana settimana".split(), "week"),
    **dict.fromkeys("fortnight fortnights".split(), "fortnight"),
    **dict.fromkeys("month months mo mos mth mths monat mois mes mês mese".split(), "month"),
    **dict.fromkeys("quarter quarters qtr trimestre quartal".split(), "quarter"),
    **dict.fromkeys("year years yr yrs y annum jahr an année año ano anno".split(), "year"),
}
ADVERBS = {
    "hourly": "hour", "daily": "day", "nightly": "day", "weekly": "week", "fortnightly": "fortnight", "monthly": "month",
    "quarterly": "quarter", "yearly": "year", "annually": "year", "annual": "year", "täglich": "day", "monatlich": "month",
    "jährlich": "year", "mensuel": "month", "mensuels": "month", "mensual": "month", "mensuales": "month",
}  # fmt: skip
A_MONTH = {
    "second": 86_400 * DAYS_A_MONTH, "minute": 1_440 * DAYS_A_MONTH, "hour": 24 * DAYS_A_MONTH, "day": DAYS_A_MONTH,
    "working day": WORKING_DAYS_A_MONTH, "week": DAYS_A_MONTH / 7, "fortnight": DAYS_A_MONTH / 14, "month": Decimal(1),
    "quarter": Decimal(1) / 3, "year": Decimal(1) / 12,
}  # fmt: skip
"""How many of each a month has, around the clock."""

IN_OFFICE_HOURS = {
    **A_MONTH, "second": 3_600 * OFFICE_HOURS * WORKING_DAYS_A_MONTH, "minute": 60 * OFFICE_HOURS * WORKING_DAYS_A_MONTH,
    "hour": OFFICE_HOURS * WORKING_DAYS_A_MONTH, "day": WORKING_DAYS_A_MONTH,
}  # fmt: skip
ON_WEEKDAYS = {
    **A_MONTH, "second": 86_400 * WORKING_DAYS_A_MONTH, "minute": 1_440 * WORKING_DAYS_A_MONTH,
    "hour": 24 * WORKING_DAYS_A_MONTH, "day": WORKING_DAYS_A_MONTH,
}  # fmt: skip
ON_SIX_DAYS = {
    **A_MONTH, "second": A_MONTH["second"] * 6 / 7, "minute": A_MONTH["minute"] * 6 / 7,
    "hour": A_MONTH["hour"] * 6 / 7, "day": DAYS_A_MONTH * 6 / 7,
}  # fmt: skip
RATES = {
    "rps": "second",
    "qps": "second",
    "tps": "second",
    "cps": "second",
    "rpm": "minute",
    "qpm": "minute",
    "rph": "hour",
    "rpd": "day",
}

MILLISECONDS = {
    **dict.fromkeys("ms msec msecs milli millis millisecond milliseconds".split(), 1),
    **dict.fromkeys("s sec secs second seconds sek sekunden".split(), 1_000),
    **dict.fromkeys("min mins minute minutes".split(), 60_000),
    **dict.fromkeys("h hr hrs hour hours".split(), 3_600_000),
    **dict.fromkeys("d day days tage".split(), 86_400_000),
    **dict.fromkeys("wk wks week weeks wochen".split(), 604_800_000),
    **dict.fromkeys("fortnight fortnights".split(), 2 * 604_800_000),
    **dict.fromkeys("month months mo monate".split(), 2_629_800_000),
    **dict.fromkeys("quarter quarters".split(), 3 * 2_629_800_000),
    **dict.fromkeys("year years yr yrs".split(), 31_557_600_000),
}

CURRENCIES = {
    "$": "USD", "€": "EUR", "£": "GBP", "₹": "INR", "usd": "USD", "dollar": "USD", "dollars": "USD", "buck": "USD", "bucks": "USD",
    "eur": "EUR", "euro": "EUR", "euros": "EUR", "gbp": "GBP", "pound": "GBP", "pounds": "GBP", "quid": "GBP",
    "inr": "INR", "rupees": "INR", "rupee": "INR", "chf": "CHF", "francs": "CHF", "jpy": "JPY", "yen": "JPY", "cad": "CAD", "aud": "AUD",
    "sek": "SEK", "nok": "NOK", "dkk": "DKK", "pln": "PLN", "sgd": "SGD", "brl": "BRL", "cny": "CNY", "rmb": "CNY",
}  # fmt: skip
UNCLEAR_CURRENCIES = frozenset("¥ kr ₩ ₽ ₺".split())
CENTS = {"cent": "USD", "cents": "USD", "¢": "USD", "pence": "GBP"}

CALLS = frozenset(
    "call calls request requests req reqs query queries inference inferences completions invocation invocations hit hits "
    "transaction transactions prediction predictions classification classifications generation generations".split()
)
HANDLED = frozenset(
    "message messages msg msgs conversation conversations chat chats ticket tickets email emails mail mails document documents doc docs "
    "item items record records report reports invoice invoices order orders review reviews article articles summary summaries "
    "case cases comment comments post posts claim claims page pages question questions prompt prompts job jobs lead leads image images "
    "submission submissions form forms event events interaction interactions session sessions search searches lookup lookups run runs task tasks".split()
)
"""Things that one call each is made for: calls where calls were asked for, or with a period."""

COUNTED = frozenset[str]().union(*(things.words for things in THINGS.values()))
"""The nouns of what is counted one by one: examples, and whatever else an answer is a number of."""
LABELLED = frozenset(
    "labelled annotated reviewed verified curated gold golden checked spot-checked annotations labels datapoints".split()
)
RECORDS = frozenset("records record rows row pairs pair".split())
ADJECTIVES = frozenset(
    "few-shot fewshot few shot good hand picked handpicked real different worked in-context llm api model openai input output prompt completion total support "
    "customer incoming automated batch chat eval test user separate single high quality high-quality solid clean proper human of our the such "
    "context response generated unique average peak labelled annotated reviewed verified curated gold golden checked".split()
)
TOKEN_WORDS = frozenset("token tokens tok toks tkn tkns".split())
WAYS_IN = frozenset("in input inputs prompt prompts context request incoming system".split())
WAYS_OUT = frozenset(
    "out output outputs completion completions response responses generated answer answers reply generation".split()
)
ENTITIES = frozenset(
    "user users customer customers store stores agent agents person people tenant tenants team teams client clients region regions country "
    "countries shop shops employee employees engineer engineers rep reps account accounts company companies site sites location locations "
    "device devices department departments seat seats operator operators head branch branches merchant merchants partner partners".split()
)
FOREIGN = frozenset(
    "word words character characters char chars page pages line lines sentence sentences paragraph paragraphs gb mb kb tb gib mib bytes byte mhz ghz "
    "star stars bleu rouge elo epoch epochs parameter parameters params degree degrees km mile miles meter meters kg people gpu gpus "
    "class classes language languages server servers step steps sprint sprints version versions field fields column columns "
    "point points pt pts pp bps kwh watt watts node nodes vcpu cores".split()
)
