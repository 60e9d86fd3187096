"""Who works here: added, given a PIN, a language, and let go. PINs are typed twice and never shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import ComposeResult
from textual.containers import Vertical

from kiosk import i18n
from kiosk.checkout import people as books
from kiosk.checkout.rights import Person, Right, Role
from kiosk.checkout.spoken import speak
from kiosk.i18n import _, languages
from kiosk.tui.commands import bindings
from kiosk.tui.screens.listplace import ListPlace
from kiosk.tui.screens.pin import PinDialogue
from kiosk.tui.text import clean
from kiosk.tui.widgets.listing import Column, Entry, Listing, widest
from kiosk.tui.widgets.picklisting import PickListing

if TYPE_CHECKING:
    from collections.abc import Sequence

LANGUAGES: Final = {"en": "English", "de": "Deutsch"}
"""What languages call themselves; others stand there by their code."""


class NewPinDialogue(PinDialogue[str]):
    """Answers with the digits typed; whether they can be a PIN is the service's matter."""

    async def check(self, pin: str, /) -> str:
        """Any digits will do here."""
        return pin


class PeopleScreen(ListPlace):
    """A list of people and what can be done to the chosen one."""

    PLACE = "people"
    BINDINGS = bindings("people")
    CSS_PATH: ClassVar = ["place.tcss", "people.tcss"]
    needs = Right.SETTINGS

    people: Sequence[Person] = ()
    chosen = 0
    """The id of the person the keys act upon."""

    def content(self) -> ComposeResult:
        """The list."""
        with Vertical(id="content"):
            yield PickListing(id="people")

    async def enter_place(self) -> None:
        """Ask for leave once, then show who works here."""
        if await self.doorkeeper():
            self.chosen = self.person.id
            await self.look()

    async def look(self) -> None:
        """Read who works here."""
        found = await self.looked_up(books.everybody)
        if found is not None:
            self.people = found
        if self.who is None and self.people:
            self.chosen = self.people[0].id

    @property
    def who(self) -> Person | None:
        """The chosen person."""
        return next((one for one in self.people if one.id == self.chosen), None)

    @property
    def by(self) -> Person:
        """Who answers for a change: who gave leave, else who is signed in."""
        return self.leave[0].person if self.leave else self.person

    def can(self, name: str, /) -> bool:
        """Most things need somebody chosen."""
        if name in {"leaves", "language", "new_pin"}:
            return self.who is not None
        return super().can(name)

    # -- showing ---------------------------------------------------------------------------------------------

    def show_state(self) -> None:
        """Show the list and the keys."""
        self.heading(_("People"), _("Who may sign in here. What they sold keeps their name when they leave."))
        entries = [self._entry(person) for person in self.people]
        role, speaks, here = (widest([entry.cells[at] for entry in entries]) + 2 for at in (1, 2, 3))
        columns = (
            Column(),
            Column(width=role),
            Column(width=speaks, quiet=True),
            Column(width=here, quiet=True),
        )
        self.query_one(Listing).show(columns, entries, chosen=str(self.chosen))
        self.show_bar()

    def _entry(self, person: Person) -> Entry:
        supervisor = person.role == "supervisor"
        signed_in = self.station.register.person
        here = _("signed in") if signed_in and person.id == signed_in.id else ""
        cells = (
            person.name,
            role_name(person.role),
            language_name(person.language),
            here,
        )
        return Entry(str(person.id), cells, "ink", strong=supervisor)

    def pick(self, person: str, /) -> None:
        """Choose whom the keys act upon."""
        self.chosen = int(person)
        self.show_state()

    # -- commands --------------------------------------------------------------------------------------------

    async def do_add(self) -> None:
        """Ask for name, role, language and PIN, and add somebody."""
        from kiosk.tui.screens.prompts import ChoiceDialogue, Option, TextDialogue

        name = await self.ask(TextDialogue(_("Name"), most=books.LONGEST_NAME))
        if name is None:
            return
        roles: tuple[Option[Role], ...] = (
            Option("seller", _("seller"), detail=_("sells; asks for leave for the rest")),
            Option("supervisor", _("supervisor"), detail=_("may do everything")),
            Option("courier", _("courier"), detail=_("works at the boxes, sells nothing")),
        )
        role = await self.ask(ChoiceDialogue(clean(name), roles, columns=1))
        language = await self._ask_language(clean(name)) if role else None
        pin = await self._ask_pin(clean(name)) if language is not None else None
        if role is None or language is None or pin is None:
            return
        added = await self.tried(books.add_person, name, role, pin, language=language, by=self.by)
        if added is not None:
            self.chosen = added.id
            await self.look()
            self.say(_("{name} can sign in now.").format(name=clean(added.name)), "good")

    async def do_new_pin(self) -> None:
        """Ask for a new PIN twice, and set it."""
        who = self.who
        pin = await self._ask_pin(clean(who.name)) if who else None
        if who is None or pin is None:
            return
        if await self.did(books.set_pin, who, pin, by=self.by):
            self.say(_("{name} has a new PIN.").format(name=clean(who.name)), "good")

    async def do_language(self) -> None:
        """Choose the language of the chosen person."""
        who = self.who
        language = await self._ask_language(clean(who.name)) if who else None
        if who is None or language is None:
            return
        changed = await self.tried(speak, who, language, by=self.by)
        if changed is None:
            return
        if changed.id == self.person.id:
            self.station.register.person = changed
            i18n.set_language(changed.language or self.station.settings.language)
        await self.look()

    async def do_leaves(self) -> None:
        """Let somebody go, after a question."""
        from kiosk.tui.screens.prompts import ConfirmDialogue

        who = self.who
        if who is None:
            return
        sure = await self.ask(
            ConfirmDialogue(
                _("Does {name} leave?").format(name=clean(who.name)),
                words=_("They cannot sign in any more. Their sales stay as they are."),
                yes=_("{name} leaves").format(name=clean(who.name)),
                no=_("{name} stays").format(name=clean(who.name)),
                hue="bad",
            )
        )
        if not sure or not await self.did(books.disable, who, by=self.by):
            return
        if who.id == self.person.id:
            self.app.sign_out()
            return
        await self.look()
        self.say(_("{name} has left.").format(name=clean(who.name)))

    # -- asking ----------------------------------------------------------------------------------------------

    async def _ask_language(self, title: str) -> str | None:
        from kiosk.tui.screens.prompts import ChoiceDialogue, Option

        options = [Option(code, language_name(code)) for code in languages()]
        options.append(Option("", language_name("")))
        return await self.ask(ChoiceDialogue(title, options, words=_("Which language?"), columns=1))

    async def _ask_pin(self, title: str) -> str | None:
        """The same digits twice; None, said, when they differ."""
        first = await self.ask(NewPinDialogue(title, _("A PIN of 4 to 12 digits.")))
        if first is None:
            return None
        second = await self.ask(NewPinDialogue(title, _("The same PIN once more.")))
        if second is not None and first != second:
            self.refuse(_("The two PINs differ. Nothing was changed."))
            return None
        return second


def role_name(role: Role) -> str:
    """A role in words."""
    return {"seller": _("seller"), "supervisor": _("supervisor"), "courier": _("courier")}[role]


def language_name(code: str) -> str:
    """What a language calls itself; the shop's own for nobody's."""
    return LANGUAGES.get(code, code) if code else _("the shop's")
