"""Why a print job did not go through, one class a cause. Each knows how many bytes had left."""

from __future__ import annotations

from hardware.printer.status import UNKNOWN, PrinterStatus


class PrintError(OSError):
    """A job that did not go through; `sent` bytes of it had left when it stopped."""

    what = "the printer failed"
    fix = "look at the printer"

    def __init__(self, sent: int = 0, status: PrinterStatus = UNKNOWN) -> None:
        """Remember the offset and the last status; the message says whether anything reached the paper."""
        part = f"{sent} bytes had left, so the paper may show part of it" if sent else "nothing was printed"
        super().__init__(f"{self.what}; {part}; {self.fix}")
        self.sent = sent
        self.status = status

    @property
    def untouched(self) -> bool:
        """Whether the same job may simply be sent again later."""
        return self.sent == 0


class PrinterGone(PrintError):
    """The link broke: unplugged, switched off, or never there."""

    what = "the printer is not connected"
    fix = "check its cable and power"


class PrinterSilent(PrintError):
    """The printer answers nothing, and the settings say that it does: what became of the job is unknown."""

    what = "the printer does not answer"
    fix = "check its cover and power; write answers = false in its settings if it never does"


class PrinterStalled(PrintError):
    """The printer took no more bytes within the deadline."""

    what = "the printer does not take any more"
    fix = "check its cover, paper and power"


class PaperOut(PrintError):
    """The printer says that it has no paper."""

    what = "the printer is out of paper"
    fix = "put in a roll"


class CoverOpen(PrintError):
    """The printer says that its cover is open."""

    what = "the printer's cover is open"
    fix = "close it"


class PrinterFault(PrintError):
    """The printer reports a cutter, mechanical or fatal error."""

    what = "the printer reports an error"
    fix = "switch it off, clear the paper path and the cutter, switch it on"


def obstacle(status: PrinterStatus, sent: int) -> PrintError | None:
    """The error that a status amounts to, or ``None`` when nothing is known to be in the way."""
    if status.paper == "out":
        return PaperOut(sent, status)
    if status.cover == "open":
        return CoverOpen(sent, status)
    return PrinterFault(sent, status) if status.blocked else None
