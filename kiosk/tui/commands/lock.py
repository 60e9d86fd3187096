"""Commands of the lock screen."""

from __future__ import annotations

from typing import Final

from kiosk.i18n import N_
from kiosk.tui.commands.command import Command

LOCK: Final = (
    Command(
        "sign_in", "lock", "enter", N_("sign in"), N_("Have the PIN looked at and start selling."), "hidden"
    ),
    Command("rub_out", "lock", "backspace", N_("rub out"), N_("Take back the last digit."), "hidden"),
)
