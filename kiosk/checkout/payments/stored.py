"""Payments under way with the ledger as their memory: what `pending` does, every step of it on disk.

These wait for the outside world. Run them aside, on a connection of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.checkout.attempts import settle_attempt, store_attempt
from kiosk.checkout.payments import pending
from kiosk.checkout.payments.pending import UnderWay

if TYPE_CHECKING:
    from kiosk.checkout.payments.method import PaymentMethod, PolledMethod, Request
    from kiosk.checkout.tender import Attempt
    from kiosk.ledger.connection import Ledger


def begin(ledger: Ledger, method: PaymentMethod, request: Request, draft: str) -> UnderWay:
    """Store a try for a draft, then ask for the money; ValueError when it was refused."""
    return pending.begin(method, request, lambda attempt: store_attempt(ledger, draft, attempt))


def ask(ledger: Ledger, method: PolledMethod, request: Request, attempt: Attempt) -> tuple[Attempt, str]:
    """Ask what became of a payment; return it as it is stored now, and words for the seller."""
    memory = _Memory(ledger, attempt)
    _after, words = pending.ask(method, request, attempt, memory.keep)
    return memory.attempt, words


def give_up(ledger: Ledger, method: PolledMethod, request: Request, attempt: Attempt) -> tuple[Attempt, str]:
    """Cancel a payment; return it as it is stored now: it may have been paid in that very moment."""
    memory = _Memory(ledger, attempt)
    _after, words = pending.give_up(method, request, attempt, memory.keep)
    return memory.attempt, words


class _Memory:
    """One try as the ledger has it. What is confirmed there stays so, whatever a later answer says."""

    def __init__(self, ledger: Ledger, attempt: Attempt) -> None:
        self._ledger = ledger
        self.attempt = attempt

    def keep(self, attempt: Attempt) -> None:
        """Write down how a try stands."""
        self.attempt = settle_attempt(self._ledger, attempt.id, attempt.state, attempt.reference)
