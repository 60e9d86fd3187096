"""A dialogue that asks for a PIN and has a service judge it. Wrong ones show the wait and count it down."""

from __future__ import annotations

from typing import TypeVar

from textual.app import ComposeResult

from kiosk.checkout.people import NoSuchPerson
from kiosk.checkout.pins import WrongPin
from kiosk.checkout.rights import NotAllowed
from kiosk.i18n import _
from kiosk.tui.app import monotonic_ms
from kiosk.tui.pinpad import PinPad
from kiosk.tui.screens.dialogue import Dialogue
from kiosk.tui.widgets.field import Field
from kiosk.tui.widgets.keygrid import PanelKeys
from kiosk.tui.widgets.keypad import number_keys

Result = TypeVar("Result")


class PinDialogue(Dialogue[Result]):
    """Dots, a phone's keys, and `check`, which a subclass gives."""

    pad = PinPad()

    def content(self) -> ComposeResult:
        """The dots, then the keys."""
        yield Field(id="field")
        yield PanelKeys(id="keys")

    async def check(self, _pin: str, /) -> Result:
        """Judge a PIN: the result, or WrongPin, NotAllowed or NoSuchPerson."""
        raise WrongPin(0)

    def on_mount(self) -> None:
        """Show the empty pad."""
        self.show_state()

    def show_state(self) -> None:
        """Show dots and whether the PIN can be entered."""
        self.query_one(Field).show(self.pad.dots)
        ready = self.pad.ready(monotonic_ms())
        self.query_one(PanelKeys).show(number_keys(layout="phone", ready=ready), columns=3, rows=5)

    def typed(self, character: str, /) -> bool:
        """A digit."""
        self.pad = self.pad.press(character, monotonic_ms())
        self.show_state()
        return True

    def back_space(self) -> None:
        """Take the last digit back."""
        self.pad = self.pad.back()
        self.show_state()

    def enter(self) -> None:
        """Have it judged."""
        if self.pad.ready(monotonic_ms()):
            self.work_on(self._try(self.pad.typed), "pin")

    async def _try(self, pin: str) -> None:
        self.pad = self.pad.trying()
        self.show_state()
        try:
            result = await self.check(pin)
        except WrongPin as wrong:
            self.refused(wrong.wait_s, _("The PIN is wrong."))
        except (NotAllowed, NoSuchPerson) as refused:
            self.refused(0, str(refused))
        else:
            self.dismiss(result)

    def refused(self, wait_s: int, text: str) -> None:
        """Say what was wrong and count the wait down, once a second, only while there is one."""
        self.pad = self.pad.refused(wait_s, monotonic_ms())
        self.app.bell()
        self.count_down(text)

    def count_down(self, text: str) -> None:
        """Say how long the wait still is."""
        left = self.pad.wait_s(monotonic_ms())
        self.say(_("{text} Wait {n} s.").format(text=text, n=left) if left else text, "bad")
        self.show_state()
        if left:
            self.set_timer(1.0, lambda: self.count_down(text))
