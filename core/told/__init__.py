"""What is told of an advice and of its costs, as it is shown and kept. Start at :mod:`core.told.advice`."""

from core.told.advice import Told, told
from core.told.ledger import Ledger, told_ledger

__all__ = ["Ledger", "Told", "told", "told_ledger"]
