"""What a shift does not finish, as rows of a listing: shown wherever a day is looked at or closed.

Nothing is hidden: what is in doubt stands above what merely waits, and a till with nothing left says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.i18n import _, ngettext
from kiosk.tui.widgets.listing import Column, Entry

if TYPE_CHECKING:
    from kiosk.checkout.shift_report import Leftovers

COLUMNS = (Column(width=1), Column())


def left_entries(left: Leftovers) -> list[Entry]:
    """One entry for each kind of thing left over, the worst first; names of parked sales below theirs."""
    kinds = (
        ("✗", "bad", len(left.attempts), _payments),
        ("✗", "bad", left.doubtful_prints, _doubts),
        ("✗", "bad", left.rejected, _refused),
        ("·", "ink", left.unsynced or 0, _unsynced),
        ("·", "ink", left.waiting_prints, _waiting),
        ("!", "warn", left.open_baskets, _baskets),
        ("!", "warn", len(left.parked), _parked),
    )
    entries = [
        Entry("", (sign, words(number)), tone, strong=tone != "ink")
        for sign, tone, number, words in kinds
        if number
    ]
    entries += [Entry("", ("", name or _("no name")), "quiet") for name in left.parked]
    return entries or [Entry("", ("✓", _("nothing is left over")), "good", strong=True)]


def _payments(number: int) -> str:
    return ngettext("{n} payment without an outcome", "{n} payments without an outcome", number).format(
        n=number
    )


def _doubts(number: int) -> str:
    return ngettext("{n} print in doubt", "{n} prints in doubt", number).format(n=number)


def _refused(number: int) -> str:
    return ngettext("{n} entry refused by the hub", "{n} entries refused by the hub", number).format(n=number)


def _baskets(number: int) -> str:
    return ngettext("{n} sale on the screen", "{n} sales on the screen", number).format(n=number)


def _parked(number: int) -> str:
    return ngettext("{n} parked sale", "{n} parked sales", number).format(n=number)


def _waiting(number: int) -> str:
    return ngettext("{n} print waiting", "{n} prints waiting", number).format(n=number)


def _unsynced(number: int) -> str:
    return ngettext("{n} entry not yet synced", "{n} entries not yet synced", number).format(n=number)
