"""Fits the receipt printer: a strip finds its code page and its width, a pulse finds the drawer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from hardware.printer.printer import Printer
from hardware.printer.profile import PROFILES
from kiosk.fitting.person import Person, agrees
from kiosk.i18n import _
from kiosk.settings.edit import Value
from kiosk.station.teststrip import NoSuchLine, meaning, print_strip
from kiosk.station.wiring import device

if TYPE_CHECKING:
    from kiosk.fitting.draft import Draft
    from kiosk.settings import DeviceSettings

COLUMNS = ("32", "42", "48")
PINS: tuple[Literal[2, 5], ...] = (2, 5)
"""Of the drawer's socket; nearly all drawers are wired to the first."""


def fit(draft: Draft, person: Person, chosen: DeviceSettings) -> None:
    """Print the strip, ask what came out, open the drawer."""
    tried = print_strip(draft.settings)
    person.tell(_("The printer has printed a strip."))
    if not agrees(person, _("Did it come out?")):
        person.tell(_("Then it is not this printer, or its baud rate is another. Nothing was changed."))
        return
    if chosen.answers and not tried.answers:
        draft.put(f"devices.{chosen.name}", {"answers": False})
        person.tell(_("It tells nothing of itself: paper and cover will be shown as unknown."))
    _read_strip(draft, person)
    _open_drawer(draft, person, chosen)


def _read_strip(draft: Draft, person: Person) -> None:
    """Ask which line reads right, and how wide the paper is."""
    while True:
        typed = person.write(
            _("Which line reads right, with every letter? Its number, or 0 if none does"), "1"
        )
        try:
            found = meaning(int(typed), draft.settings)
            break
        except (NoSuchLine, ValueError) as error:
            person.tell(str(error) if isinstance(error, NoSuchLine) else _("the number of a line is wanted"))
    receipt = draft.settings.receipt
    columns = person.choose(_("The last whole number of its first line"), COLUMNS, str(receipt.columns))
    keys: dict[str, Value | None] = {"page_number": None, **found, "columns": int(columns)}
    if receipt.profile and PROFILES[receipt.profile].columns != int(columns):
        keys["profile"] = ""
    draft.put("receipt", keys)


def _open_drawer(draft: Draft, person: Person, chosen: DeviceSettings) -> None:
    """Find the pin that opens the cash drawer; 0 where there is none."""
    if not agrees(person, _("Is a cash drawer connected to it? It will open now"), chosen.drawer_pin != 0):
        draft.put(f"devices.{chosen.name}", {"drawer_pin": 0})
        return
    printer = device(draft.settings, chosen)
    if not isinstance(printer, Printer):
        return
    printer.open()
    try:
        for pin in PINS:
            printer.pulse(pin)
            if agrees(person, _("Did it open?")):
                draft.put(f"devices.{chosen.name}", {"drawer_pin": pin})
                return
    finally:
        printer.close()
    person.tell(_("Look at its cable and its lock; the setting was left as it is."))
