"""Fits scanners: one that is a keyboard is found by who types a known code, others by what they send."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

from hardware.device import CodeScanned, ScanLost
from hardware.scanner.binding import SETUP_CODE, Candidate, bind, candidates
from kiosk.doctor import listening
from kiosk.doctor.listening import Listening
from kiosk.fitting.person import Person, agrees
from kiosk.i18n import _
from kiosk.station.wiring import device

if TYPE_CHECKING:
    from kiosk.fitting.draft import Draft
    from kiosk.settings import DeviceSettings

WHITE, PLAIN = "\x1b[97;40m", "\x1b[0m"
"""Blocks in white on black: segno draws the light parts."""


def fit(draft: Draft, person: Person, chosen: DeviceSettings) -> None:
    """Scan something with it."""
    if chosen.kind == "evdev":
        address = str(chosen.options.get("address", ""))
        find(draft, person, chosen, [Candidate(address, chosen.name)])
        return
    with Listening(device(draft.settings, chosen)) as ear:
        while True:
            person.tell(_("Scan any code with {name} now.").format(name=chosen.name))
            heard = ear.wait(CodeScanned, ScanLost)
            if isinstance(heard, CodeScanned):
                person.tell(_("It read {code}.").format(code=heard.raw))
                return
            if not agrees(person, _("No whole code came. Again?"), False):
                person.tell(_("Compare its baud rate with `baud`, and let it send Enter behind each code."))
                return


def find(
    draft: Draft, person: Person, chosen: DeviceSettings | None, known: list[Candidate] | None = None
) -> None:
    """Find the scanner among all that can type, how it is set, and write that down."""
    among = {one.address: one for one in (*candidates(), *(known or ()))}
    person.tell(_("These can type:"))
    for one in among.values():
        person.tell(f"  {one.address}  {one.name}")
    while True:
        person.tell(_qr(SETUP_CODE))
        person.tell(_("Scan this code now: {code}").format(code=SETUP_CODE))
        bound = bind(SETUP_CODE, [*among.values()], listening.WAIT_S)
        person.forget()
        if bound is not None:
            break
        if not agrees(person, _("Nobody typed it. Again?"), False):
            return
    keys = {"kind": "evdev", "address": bound.address, "layout": bound.layout, "suffix": bound.suffix}
    if chosen is None:
        chosen = draft.add("scanner", keys)
    else:
        draft.put(f"devices.{chosen.name}", keys)
    words = _("{name} is {address}: keyboard {layout}, {suffix} behind each code.")
    person.tell(
        words.format(name=chosen.name, address=bound.address, layout=bound.layout, suffix=bound.suffix)
    )


def _qr(code: str) -> str:
    """The code to scan, black on white whatever the terminal's colours are."""
    import segno

    drawn = StringIO()
    segno.make(code, error="m", micro=False).terminal(out=drawn, compact=True)
    return "\n".join(f"{WHITE}{line}{PLAIN}" for line in drawn.getvalue().splitlines())
