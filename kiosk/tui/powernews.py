"""What the gauge proposes, said once on the till: a person confirms it where the power is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.i18n import _

if TYPE_CHECKING:
    from kiosk.power.shedding import Proposal


def words(proposal: Proposal) -> str:
    """Say a proposal, or what was done because there was no time left to ask."""
    if proposal.act == "restore":
        text = _("Power enough again: {name} may go on.")
    elif proposal.alone:
        text = _("Power ends in minutes: {name} goes off.")
    else:
        text = _("Power is short: switch {name} off?")
    return text.format(name=proposal.outlet)
