"""A payment that is under way: stored before anybody is asked, and never guessed at.

The order is quicktill's (sde1000/quicktill, `squareterminal.py`): the key of the try is on disk before the
first call, every repetition carries it, and what nobody answered is *unknown*: neither paid nor failed, to be
asked again after a restart, by any till.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from kiosk.checkout.payments.method import Answer, Instruction, PaymentMethod, PolledMethod, Request
from kiosk.checkout.tender import Attempt
from kiosk.i18n import _

log = logging.getLogger(__name__)

Keep = Callable[[Attempt], None]
"""Stores a try where a power cut cannot take it away; returns when it is there."""

ASK_S = 1.0
"""Between two questions (quicktill, while the reader waits for its own server)."""
ASK_AGAIN_S = 10.0
"""After no answer at all (quicktill)."""


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A payment that has been begun."""

    attempt: Attempt
    instruction: Instruction | None  # None: the reader gave no answer
    words: str = ""  # what to tell the seller beside or instead of the instruction


def begin(method: PaymentMethod, request: Request, keep: Keep) -> UnderWay:
    """Store a try, then ask for the money. ValueError (refused, nothing happened) leaves it failed."""
    attempt = Attempt(request.attempt, method.name, request.amount)
    keep(attempt)
    try:
        instruction = method.start(request)
    except ValueError:
        keep(replace(attempt, state="failed"))
        raise
    except Exception as error:  # a plug-in is a stranger's code: whatever broke in it, nobody knows
        attempt = replace(attempt, state="unknown")
        keep(attempt)
        return UnderWay(attempt, None, _no_answer(error))
    return UnderWay(attempt, instruction)


def ask(method: PolledMethod, request: Request, attempt: Attempt, keep: Keep) -> tuple[Attempt, str]:
    """Ask what became of a payment; return it as it stands now and words for the seller."""
    return _settle(lambda: method.poll(request), attempt, keep)


def give_up(method: PolledMethod, request: Request, attempt: Attempt, keep: Keep) -> tuple[Attempt, str]:
    """Cancel a payment; it may turn out to be paid, and without an answer it stays unknown."""
    return _settle(lambda: method.cancel(request), attempt, keep)


def pause_s(attempt: Attempt) -> float:
    """Return the seconds to wait before asking again."""
    return ASK_AGAIN_S if attempt.state == "unknown" else ASK_S


def _settle(call: Callable[[], Answer], attempt: Attempt, keep: Keep) -> tuple[Attempt, str]:
    """Apply a reader's answer. What is confirmed stays so; no answer makes it unknown, never failed."""
    if attempt.state == "confirmed":
        return attempt, ""
    try:
        answer = call()
    except Exception as error:  # as in `begin`
        answer = Answer("unknown", words=_no_answer(error))
    after = replace(attempt, state=answer.state, reference=answer.reference or attempt.reference)
    if after != attempt:
        keep(after)
    return after, answer.words


def _no_answer(error: Exception) -> str:
    """Say that nobody knows, and what to do. A mistake in a method goes to the log with its trace."""
    if not isinstance(error, OSError):
        log.error("a payment method failed in a way it should not", exc_info=error)
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return _(
        "No answer ({reason}). It may have been paid: look at the reader before taking the money again."
    ).format(reason=reason)
