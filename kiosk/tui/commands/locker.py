"""Keys of the locker's screen besides the twelve of its pad: what a full keyboard has for the same."""

from __future__ import annotations

from typing import Final

from kiosk.i18n import N_
from kiosk.tui.commands.command import Command

LOCKER: Final = (
    Command("enter", "locker", "enter,number_sign", N_("OK"), N_("Use the code that was typed."), "hidden"),
    Command("rub_out", "locker", "backspace", N_("rub out"), N_("Take back the last digit."), "hidden"),
    Command(
        "star", "locker", "asterisk", N_("help"), N_("Help, read aloud where there is a voice."), "hidden"
    ),
)
