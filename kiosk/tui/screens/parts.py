"""The parts of the power kit: how each is, what is due to be swapped, and test and swap with who did it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical

from kiosk import i18n
from kiosk.energy import components
from kiosk.energy.ageing import act_words, health, place_words
from kiosk.energy.components import Component, Kind, Measured, kind_words
from kiosk.energy.desk import read_acts, read_parts
from kiosk.energy.wear import swap_words
from kiosk.i18n import _, ngettext
from kiosk.tui.commands import bindings
from kiosk.tui.screens.listplace import ListPlace
from kiosk.tui.text import clean
from kiosk.tui.widgets.listing import Column, Entry, Listing, widest
from kiosk.tui.widgets.picklisting import PickListing

if TYPE_CHECKING:
    from kiosk.energy.ageing import Aged
    from kiosk.energy.components import Act

TENTH = 100
"""What is asked for in tenths is kept in thousandths."""


class PartsScreen(ListPlace):
    """A list of parts and what can be done with the chosen one."""

    PLACE = "parts"
    BINDINGS = bindings("parts")
    CSS_PATH: ClassVar = ["place.tcss", "parts.tcss"]

    parts: tuple[Aged, ...] = ()
    acts: tuple[Act, ...] = ()
    chosen = ""

    def content(self) -> ComposeResult:
        """The parts, then the story of the chosen one."""
        with Vertical(id="content"):
            yield PickListing(id="parts")
            yield Listing(id="acts")

    def on_mount(self) -> None:
        """Say so when there is nothing."""
        self.query_one("#parts", Listing).empty_text = _("no part has an id yet")

    async def enter_place(self) -> None:
        """Read how every part is."""
        await self.look()

    async def look(self) -> None:
        """Read how every part is, and what was done with the chosen one."""
        settings = self.station.settings
        label_ah = None if settings.power is None else settings.power.stall.pack.nameplate_ah
        found = await self.looked_up(read_parts, settings.folder, label_ah)
        self.parts = found if found is not None else self.parts
        if self.part is None:
            self.chosen = self.parts[0].part.id if self.parts else ""
        self.acts = (await self.looked_up(read_acts, self.chosen) or ()) if self.chosen else ()

    @property
    def part(self) -> Component | None:
        """The chosen part."""
        return next((one.part for one in self.parts if one.part.id == self.chosen), None)

    def spares(self) -> list[Component]:
        """What could take the place of the chosen part."""
        part = self.part
        kind = None if part is None else part.kind
        return [one.part for one in self.parts if one.part.kind == kind and one.part.state == "spare"]

    def can(self, name: str, /) -> bool:
        """Testing needs a part, swapping one that is in use."""
        part = self.part
        if name == "test":
            return part is not None
        if name == "swap":
            return part is not None and part.state == "used"
        return super().can(name)

    # -- showing ---------------------------------------------------------------------------------------------

    def show_state(self) -> None:
        """Show the parts, the story of the chosen one, and the keys."""
        self.heading(_("Parts"), self._what_is_due())
        entries = [self._entry(one) for one in self.parts]
        first, second = (widest([entry.cells[at] for entry in entries]) + 1 for at in (0, 1))
        columns = (Column(width=first), Column(width=second, quiet=True), Column())
        self.query_one("#parts", Listing).show(columns, entries, chosen=self.chosen)
        self.query_one("#acts", Listing).show(*_story(self.acts))
        self.show_bar()

    def _what_is_due(self) -> str:
        """Why the chosen part should be swapped; else how many should."""
        for one in self.parts:
            if one.part.id == self.chosen and one.flags:
                return f"{one.part.id}: {swap_words(one.flags)}"
        due = sum(bool(one.flags) for one in self.parts if one.part.state == "used")
        if not due:
            return _("Packs, inverters, panels and outlets by their ids.")
        return ngettext("{n} part is due to be swapped", "{n} parts are due to be swapped", due).format(n=due)

    def _entry(self, one: Aged) -> Entry:
        """A part: what it is, whether it should be swapped, how it is."""
        due = [_("swap it")] if one.flags else []
        state = " · ".join([*due, *health(one)]) or _("nothing known yet")
        tone = "warn" if one.flags else "ink"
        strong = one.part.state == "used"
        cells = (one.part.id, f"{kind_words(one.part.kind)} · {place_words(one.part)}", state)
        return Entry(one.part.id, cells, tone, strong=strong)

    def pick(self, part: str, /) -> None:
        """Choose the part that the keys act upon."""
        self.chosen = part
        self.work_on(self.look(), "look")

    # -- doing -----------------------------------------------------------------------------------------------

    async def do_test(self) -> None:
        """Ask what was measured, and write it down."""
        from kiosk.tui.screens.prompts import ChoiceDialogue, NumberDialogue, Option

        part = self.part
        if part is None:
            return
        options = (
            Option("mwh", _("energy"), detail=_("Wh from full to the cut-off")),
            Option("mah", _("charge"), detail=_("Ah from full to the cut-off")),
            Option("uohm", _("resistance"), detail="mΩ"),
            Option("idle_mw", _("idle"), detail=_("W when nothing hangs on it")),
        )
        units = {"mwh": "Wh", "mah": "Ah", "uohm": "mΩ", "idle_mw": "W"}
        what = await self.ask(ChoiceDialogue(_("What was measured?"), options))
        if what is None:
            return
        number = await self.ask(NumberDialogue(part.id, decimals=1, unit=units[what]))
        if number is None:
            return
        measured = Measured(**{what: number * TENTH})
        if await self.booked(components.test, part.id, measured, self.person):
            await self.look()
            self.say(_("The test of {id} is written down.").format(id=part.id), "good")

    async def do_swap(self) -> None:
        """Ask which spare goes in, and write the swap down."""
        from kiosk.tui.screens.prompts import ChoiceDialogue, Option

        part, spares = self.part, self.spares()
        if part is None:
            return
        if not spares:
            words = _("There is no spare {kind}: add one with [Ins] first.")
            self.refuse(words.format(kind=kind_words(part.kind)))
            return
        options = [Option(spare.id, spare.id) for spare in spares]
        back = await self.ask(
            ChoiceDialogue(_("{id} comes out: what goes in?").format(id=part.id), options, columns=1)
        )
        if back is None:
            return
        used = await self.booked(components.swap, part.id, back, self.person)
        if used is not None:
            self.chosen = used.id
            await self.look()
            self.say(_("{back} is in use, {out} is a spare.").format(back=back, out=part.id), "good")

    async def do_add(self) -> None:
        """Ask what it is and what stands on it, and add it."""
        from kiosk.tui.screens.prompts import ChoiceDialogue, NumberDialogue, Option, TextDialogue

        kinds: list[Option[Kind]] = [Option(kind, kind_words(kind)) for kind in components.KINDS]
        kind = await self.ask(ChoiceDialogue(_("What is it?"), kinds))
        if kind is None:
            return
        name = await self.ask(TextDialogue(_("The id on its sticker"), most=24))
        place = await self._place(kind) if name is not None else None
        if name is None or place is None:
            return
        label = 0
        if kind == "pack":
            words = _("Ah on its label")
            label = await self.ask(NumberDialogue(clean(name), decimals=1, unit="Ah", words=words)) or 0
        state, at = place
        part = Component(name.strip(), kind, state, at, label * TENTH or None)
        if await self.booked(components.add, part, self.person):
            self.chosen = part.id
            await self.look()
            self.say(_("{id} is in the register.").format(id=part.id), "good")

    async def _place(self, kind: Kind) -> tuple[components.State, str] | None:
        """Where a new part is: in use where nothing of its kind is, else a spare; an outlet's is asked."""
        from kiosk.tui.screens.prompts import ChoiceDialogue, Option

        used = {(one.part.kind, one.part.place) for one in self.parts if one.part.state == "used"}
        if kind != "outlet":
            return ("spare", "") if (kind, "") in used else ("used", "")
        outlets = [one.name for one in self.station.settings.devices if one.role == "outlet"]
        options = [Option(name, name) for name in outlets if (kind, name) not in used]
        options.append(Option("", _("it is a spare")))
        at = await self.ask(ChoiceDialogue(_("Which outlet is it?"), options, columns=1))
        return None if at is None else ("used" if at else "spare", at)


def _story(acts: tuple[Act, ...]) -> tuple[tuple[Column, ...], list[Entry]]:
    """What was done with a part, newest first."""
    entries = [
        Entry(
            "",
            (f"{i18n.date(act.wall_ms)} {i18n.time(act.wall_ms)}", act_words(act), act.person, act.note),
            "quiet",
        )
        for act in acts
    ]
    when, who = (widest([entry.cells[at] for entry in entries]) + 1 for at in (0, 2))
    return (Column(width=when), Column(), Column(width=who), Column()), entries
