"""Switching an outlet: the intent is in the journal before anything is sent, and what was seen comes after.

A power cut between the two leaves an intent without an outcome, which is what happened.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, Protocol

from kiosk.i18n import _

if TYPE_CHECKING:
    from hardware.power.outlets.outlet import SmartOutlet
    from hardware.power.outlets.reading import OutletReading
    from kiosk.ledger.connection import Ledger

INTENT, SEEN = "power.switch", "power.switched"


class NoSuchOutlet(LookupError):
    """There is no such outlet."""


class Moving(RuntimeError):
    """A receipt prints or a door opens: what they hang on stays on for a moment."""

    def __init__(self, name: str) -> None:
        super().__init__(_("{name} stays on while a receipt prints or a door opens.").format(name=name))


class Submit(Protocol):
    """The ledger's writer."""

    def __call__(self, function: Callable[..., Any], /, *args: Any) -> Future[Any]:
        """Run `function(ledger, *args)` in its thread."""


def switched(
    submit: Submit, outlet: SmartOutlet | None, name: str, on: bool, who: str | None
) -> Future[OutletReading]:
    """Switch an outlet; the future brings the reading in which it was seen to have switched.

    `who` is the person's name, None where the till did it by itself. The future raises NoSuchOutlet, what the
    ledger or the outlet refuses with, or `NotSwitched`; the journal then says that nothing was seen.
    """
    done: Future[OutletReading] = Future()
    if outlet is None:
        done.set_exception(
            NoSuchOutlet(_("There is no outlet {name}; nothing was switched.").format(name=name))
        )
        return done

    def act(intent: Future[Any]) -> None:
        if (error := intent.exception()) is not None:
            done.set_exception(error)
            return
        outlet.switch(on).add_done_callback(seen)

    def seen(answer: Future[OutletReading]) -> None:
        error = answer.exception()
        submit(_note, SEEN, {"outlet": name, "on": on, "seen": error is None})
        if error is not None:
            done.set_exception(error)
        else:
            done.set_result(answer.result())

    submit(_note, INTENT, {"outlet": name, "on": on, "by": who}).add_done_callback(act)
    return done


def _note(ledger: Ledger, kind: str, body: dict[str, object]) -> None:
    """Write a row into the journal."""
    with ledger.transaction():
        ledger.record(kind, body)
