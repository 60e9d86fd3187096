"""Why a slip waits or is in doubt, and why the drawer stayed shut, in the seller's words."""

from __future__ import annotations

from hardware.printer.errors import (
    CoverOpen,
    PaperOut,
    PrinterFault,
    PrinterGone,
    PrintError,
    PrinterSilent,
    PrinterStalled,
)
from kiosk.i18n import N_, _

WORDS: dict[type[PrintError], str] = {
    PaperOut: N_("the printer is out of paper"),
    CoverOpen: N_("the printer's cover is open"),
    PrinterFault: N_("the printer reports an error"),
    PrinterGone: N_("the printer is not connected"),
    PrinterSilent: N_("the printer does not answer; if it never does, write answers = false in its settings"),
    PrinterStalled: N_("the printer does not take any more"),
}


def words(error: PrintError) -> str:
    """What stopped a print job."""
    return _(WORDS.get(type(error), error.what))
