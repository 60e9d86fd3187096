"""The lock screen: who sells, and their PIN. What is wrong with the stall is told here too.

A till left alone must not hide that the printer has run out of paper, so every lamp that is not well stands
here in words, under the time.
"""

from __future__ import annotations

from string import ascii_lowercase as LETTERS  # noqa: N812 - what they are here
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical

from kiosk.i18n import _
from kiosk.tui.app import monotonic_ms
from kiosk.tui.commands import bindings
from kiosk.tui.pinpad import PinPad
from kiosk.tui.screens.frame import Frame
from kiosk.tui.widgets.bigdigits import BigDigits
from kiosk.tui.widgets.field import Field
from kiosk.tui.widgets.flash import Flash
from kiosk.tui.widgets.keygrid import KeyGrid, PanelKeys
from kiosk.tui.widgets.keypad import number_keys
from kiosk.tui.widgets.listing import Column, Entry, Listing
from kiosk.tui.widgets.statusline import SIGNS
from kiosk.tui.widgets.title import Title
from kiosk.tui.widgets.touchkey import TouchKey

if TYPE_CHECKING:
    from kiosk.checkout.customer import View
    from kiosk.checkout.rights import Person


ENTER = "\n"


class LockScreen(Frame[None]):
    """Sign in by touch or keyboard: a letter chooses the person, digits and Enter are the PIN."""

    PLACE = "lock"
    BINDINGS = bindings("lock")
    CSS_PATH = "lock.tcss"

    people: tuple[Person, ...] = ()
    known = False
    """Whether it is known who works here; the first frame comes before that."""
    early = ""
    """What was typed too early to be understood, in order; it is then."""
    who: Person | None = None
    """Whose PIN is being typed."""
    pad = PinPad()

    def body(self) -> ComposeResult:
        """Time, troubles and people at the left; the PIN at the right."""
        with Vertical(id="about"):
            yield BigDigits(id="time")
            yield KeyGrid(id="people")
            yield Listing(id="troubles")
        with Vertical(id="pin"):
            yield Title("")
            yield Field(id="field")
            yield PanelKeys(id="digits")
        yield Flash(id="flash")

    def arrived(self) -> None:
        """Learn who works here each time: somebody may be new."""
        self.work_on(self._fetch(), "people")

    async def _fetch(self) -> None:
        from kiosk.checkout.people import everybody

        self.people = tuple(await self.read(everybody))
        if self.who not in self.people:
            self.who = self.people[0] if len(self.people) == 1 else None
        self.known = True
        early, self.early = self.early, ""
        for character in early:
            self.do_sign_in() if character == ENTER else self.typed(character)

    def refresh_standing(self) -> None:
        """Time and lamps, here in large."""
        super().refresh_standing()
        standing = self.app.standing()
        digits = self.query_one(BigDigits)
        digits.align = "centre"
        digits.show(standing.time, "accent" if standing.clock_trusted else "warn")
        wrong = [lamp for lamp in standing.lamps if lamp.state in {"bad", "warn"}]
        rows = [
            Entry("", (SIGNS[lamp.state][0], lamp.words), SIGNS[lamp.state][1], strong=True) for lamp in wrong
        ]
        if not standing.clock_trusted:
            rows.append(Entry("", ("?", _("time unconfirmed; sales go on")), "ink"))
        listing = self.query_one(Listing)
        listing.empty_text = _("everything works")
        listing.show((Column("", 2), Column()), rows)

    def customer_view(self) -> View:
        """Nobody sells."""
        from kiosk.checkout.customer import CLOSED

        return CLOSED

    def show_state(self) -> None:
        """Show people, dots and keys."""
        grid = self.query_one("#people", KeyGrid)
        columns = 2
        keys = [
            self._person_key(letter, person) for letter, person in zip(LETTERS, self.people, strict=False)
        ]
        grid.show(keys, columns=columns, rows=max(-(-len(keys) // columns), grid.size.height // 4, 1))
        title = self.who.name if self.who else _("Who is selling?")
        words = _("PIN, then Enter") if self.who else _("Touch your name, or press its letter.")
        self.query_one(Title).show(title, words)
        self.query_one(Field).show(self.pad.dots)
        ready = self.who is not None and self.pad.ready(monotonic_ms())
        keypad = number_keys(layout="phone", ready=ready, word=_("sign in"))
        self.query_one("#digits", PanelKeys).show(keypad, columns=3, rows=5)

    def _person_key(self, letter: str, person: Person) -> TouchKey:
        role = {"supervisor": _("supervisor"), "courier": _("courier")}.get(person.role, "")
        hue = "accent" if person == self.who else "plain"
        return TouchKey(f"person:{letter}", person.name, detail=role, hint=letter, hue=hue, tile=True)

    def pressed(self, key: TouchKey, /) -> None:
        """A person, a digit or an edit key."""
        kind, _colon, rest = key.id.partition(":")
        actions = {"enter": self.do_sign_in, "backspace": self.do_rub_out, "cancel": self.do_back}
        if kind == "person":
            self.typed(rest)
        elif key.id in actions:
            actions[key.id]()
        else:
            self.typed(key.id)

    def typed(self, character: str, /) -> bool:
        """A letter chooses who; a digit belongs to the PIN."""
        at = LETTERS.find(character.lower())
        if not self.known and (at >= 0 or self.early):
            self.early += character
        elif 0 <= at < len(self.people):
            if self.people[at] != self.who:
                self.who, self.pad = self.people[at], PinPad()
                self.say("")
        else:
            self.pad = self.pad.press(character, monotonic_ms())
        self.show_state()
        return True

    def do_rub_out(self) -> None:
        """Take the last digit back."""
        self.pad = self.pad.back()
        self.show_state()

    def do_back(self) -> None:
        """Choose somebody else."""
        self.who, self.pad = None, PinPad()
        self.show_state()

    def do_sign_in(self) -> None:
        """Have the PIN looked at."""
        if not self.known:
            self.early += ENTER
        elif self.who is not None and self.pad.ready(monotonic_ms()):
            self.work_on(self._try(self.who, self.pad.typed), "sign in")
        elif self.who is None and self.pad.typed:
            self.say(_("Touch your name first, or press its letter."), "warn")

    async def _try(self, person: Person, pin: str) -> None:
        from kiosk.checkout.people import NoSuchPerson, sign_in
        from kiosk.checkout.pins import WrongPin

        self.pad = self.pad.trying()
        self.show_state()
        try:
            known = await self.work(sign_in, person.id, pin)
        except WrongPin as wrong:
            self.pad = self.pad.refused(wrong.wait_s, monotonic_ms())
            self.app.bell()
            self._count_down()
        except NoSuchPerson as gone:
            self.pad = PinPad()
            self.say(str(gone), "bad")
        else:
            self.who, self.pad = None, PinPad()
            self.say("")
            self.app.sign_in(known)

    def _count_down(self) -> None:
        """Say how long to wait, once a second, only while there is a wait."""
        left = self.pad.wait_s(monotonic_ms())
        self.say(_("The PIN is wrong. Wait {n} s.").format(n=left) if left else _("The PIN is wrong."), "bad")
        self.show_state()
        if left:
            self.set_timer(1.0, self._count_down)
