"""Money with its currency and period."""

from __future__ import annotations

from core.reading.amounts import limit_of, loose_period, note_doubts, unused, value_of
from core.reading.reply import Reply, json_number


def fill_money(reply: Reply) -> None:
    """Fill an amount with its currency and what it is paid for; ask when one of them is missing."""
    candidates = unused(reply, "money")
    if len(candidates) > 1:
        reply.ask = "I see two amounts of money; which one is it?"
        return
    if candidates and reply.question == "money" and unused(reply, "bare"):
        reply.ask = "I see two amounts; which one is it?"
        return
    for quantity in candidates:
        note_doubts(reply, quantity)
        if "currency" in quantity.notes or not quantity.currency:
            reply.ask = "Which currency is that?"
            return
        amount = value_of(quantity, json_number) if not quantity.bound else limit_of(quantity, json_number)
        if isinstance(amount, list):
            reply.doubt("the amount is a range")
        if quantity.bound:
            reply.doubt("the amount is a limit, not a price")
        period = quantity.period or loose_period(reply, quantity) or None
        if period is None:
            reply.doubt("it is not said per what")
        reply.put("money", [amount, quantity.currency, period])
        reply.use(quantity)
    if reply.question == "money" and not candidates and unused(reply, "bare", "calls"):
        reply.ask = "Which currency is that, and per what?"
