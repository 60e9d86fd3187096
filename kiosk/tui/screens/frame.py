"""The frame every screen hangs in: status line above, flash line, commands, codes, leave from a supervisor.

How to write a screen:

1. Put its commands into `kiosk/tui/commands/<place>.py` and a line into `commands.WHERE`.
2. Subclass `Frame`, set `PLACE`, `BINDINGS = bindings(PLACE)` and, for a style sheet beside it, `CSS_PATH`.
3. `body()` yields the widgets. Paint with `Painted` widgets and fields of `TouchKey`s (`KeyGrid`); no stock
   Input, Button or DataTable, nothing that can have the focus.
4. For each command write `do_<id>(self)`, plain or `async`; an async one runs as a worker and may `await`
   `self.work(...)` (the ledger's thread), `self.ask(SomeDialogue(...))` and `self.with_leave(...)`.
5. `can(name)` tells whether a command makes sense now; its keys, hints and bindings follow.
6. Touch keys made by `self.key(name)` have a command's id, and the frame runs the command when one is
   pressed. Keys of another meaning arrive in `pressed(key)`.
7. Scans arrive in `take_code`; characters no binding wants arrive in `typed`. State lives in the register,
   in the ledger or in a frozen value the screen holds, never in a widget.
8. Textual calls `on_key`, `on_mount` and the like of every base class by itself: never call `super()` in
   them, except in `on_key`, and there end with `used(event)` for a key you had a use for.
9. Say what happened with `say(...)`; there are no pop-up toasts.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.screen import ScreenResultType

from kiosk.i18n import _
from kiosk.tui.commands import Command, bindings, command
from kiosk.tui.screens.working import Working
from kiosk.tui.widgets.flash import Flash
from kiosk.tui.widgets.keygrid import KeyGrid
from kiosk.tui.widgets.statusline import StatusLine
from kiosk.tui.widgets.touchkey import TouchKey

if TYPE_CHECKING:
    from kiosk.checkout.customer import View
    from kiosk.tui.messages import BoxMoved, CodeScanned, WeightSeen


def used(event: events.Key) -> None:
    """Let nobody else have a key: no other screen, and no handler of a base class, which would act again."""
    event.stop()
    event.prevent_default()


class Frame(Working[ScreenResultType], inherit_bindings=False):
    """A screen with a status line, one flash line and commands from the table."""

    AUTO_FOCUS = None
    ALLOW_SELECT = False
    BINDINGS = bindings("*")

    _refitting = False

    def __init__(self, classes: str = "") -> None:
        """Know the size and the present styles from the start, so that nothing is styled a second time."""
        super().__init__(classes=f"{self.app.size_classes()} {classes}")
        self._css_update_count = self.app._css_update_count

    def compose(self) -> ComposeResult:
        """The status line, then the screen's own body."""
        yield StatusLine(id="status")
        yield from self.body()

    def body(self) -> ComposeResult:
        """The widgets below the status line; a screen without a `Flash` of its own cannot `say`."""
        yield Flash(id="flash")

    def on_mount(self) -> None:
        """Fill the status line before the first frame."""
        self.refresh_standing()

    def on_screen_resume(self) -> None:
        """Come back to the front: what changed meanwhile is shown."""
        self.refresh_standing()
        self.show_state()

    def arrived(self) -> None:
        """The person came to this place from another one; not called when a dialogue closes."""

    def refresh_standing(self) -> None:
        """Put the present standing into the status line."""
        self.query_one(StatusLine).show(self.app.standing())
        self.show_customer()

    def customer_view(self) -> View | None:
        """What the customer may see of this screen; None leaves what they see as it is."""
        return None

    def show_customer(self) -> None:
        """Let the customer see it, where they have a display of their own and this screen is in front."""
        counter = self.station.counter
        if counter.has_display and self.app.screen is self and (view := self.customer_view()) is not None:
            counter.show(view)

    # -- commands ------------------------------------------------------------------------------------------

    def can(self, name: str, /) -> bool:
        """Whether a command makes sense now.

        Rights are no matter here: who lacks one is asked for a supervisor. Only the palette is a supervisor's
        own.
        """
        person = self.station.person
        return name != "palette" or (person is not None and person.role == "supervisor")

    def key(self, name: str, **changes: object) -> TouchKey:
        """The touch key of a command, with its hint; `changes` are fields of `TouchKey`."""
        row = command(self.PLACE, name)
        look = {"label": row.title, "hint": row.hint, "hue": row.hue, "enabled": self.can(name), **changes}
        return TouchKey(row.id, **look)  # type: ignore[arg-type]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A command that makes no sense now leaves its key to the screens and bindings behind it.

        So does one of the screen that this one is made from and has not taken over: the key came with it.
        """
        if action == "do":
            name = str(parameters[0])
            return any(row.id == name for row in self.commands()) and self.can(name)
        return True

    def action_do(self, name: str) -> None:
        """Run a command by its id: what a key, a touch, the palette and a test all come to."""
        if self not in self.app.screen_stack:  # it was left: a finger just behind the key, back twice
            return
        if not self.is_mounted:  # a key can be quicker than the screen it is for: it waits for the widgets
            self.call_later(self.action_do, name)
            return
        if not self.can(name):
            return
        if goes := command(self.PLACE, name).goes:
            self.app.go(goes)
            return
        if self.under_way(name):
            return
        outcome = getattr(self, f"do_{name}")()
        if inspect.iscoroutine(outcome):
            self.work_on(outcome, name)
        elif self.stands:
            self.show_state()

    @on(KeyGrid.Pressed)
    def _key_pressed(self, event: KeyGrid.Pressed) -> None:
        event.stop()
        known = {row.id for row in self.commands()}
        if event.key.id in known:
            self.action_do(event.key.id)
        else:
            self.pressed(event.key)

    @on(KeyGrid.Resized)
    def _keys_resized(self, event: KeyGrid.Resized) -> None:
        """Lay out once more when all fields of this layout have their new sizes."""
        event.stop()
        if not self._refitting:
            self._refitting = True
            self.call_next(self._refit)

    def _refit(self) -> None:
        self._refitting = False
        self.show_state()

    @on(Flash.Offered)
    def _offer_taken(self, event: Flash.Offered) -> None:
        event.stop()
        self.action_do(event.command)

    def commands(self) -> tuple[Command, ...]:
        """The rows of the table that belong to this screen."""
        from kiosk.tui.commands import commands

        return commands(self.PLACE)

    def pressed(self, _key: TouchKey, /) -> None:
        """A touch key that is not a command: a product, a line, a digit."""

    def do_help(self) -> None:
        """Show this screen's help."""
        from kiosk.tui.screens.help import HelpScreen

        self.app.push_screen(
            HelpScreen(self.PLACE, tuple(row.id for row in self.commands() if self.can(row.id)))
        )

    async def do_palette(self) -> None:
        """Find a command by name. Sellers have the keys in front of them; supervisors do rare things."""
        from kiosk.tui.screens.palette import PaletteDialogue

        chosen = await self.ask(PaletteDialogue(tuple(row for row in self.commands() if self.can(row.id))))
        if chosen is not None:
            self.action_do(chosen)

    def do_theme(self) -> None:
        """Change between day and night."""
        self.app.change_theme()

    def do_back(self) -> None:
        """Leave this screen; the first screen of a mode stays."""
        if len(self.app.screen_stack) > 1:
            self.app.pop_screen()

    # -- what comes in -------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Characters without a binding go to `typed`."""
        if event.character and event.is_printable and self.typed(event.character):
            used(event)

    def woken(self) -> bool:
        """Somebody touched it or pressed a key: True when it rested, and that was all it was for."""
        return False

    def typed(self, _character: str, /) -> bool:
        """One printable character; True when the screen had a use for it."""
        return False

    async def take_code(self, _scan: CodeScanned, /) -> None:
        """A scanned code. A screen that cannot use one says so, and nothing happens."""
        self.say(_("Not used: this screen takes no codes."), "warn")

    def take_button(self, role: str, long: bool, /) -> None:
        """A button on the counter: the first of its commands that makes sense here."""
        from kiosk.tui.commands.buttons import BUTTONS

        mine = {row.id for row in self.commands()}
        for name in BUTTONS.get((role, long), ()):
            if name in mine and self.can(name):
                self.action_do(name)
                return
        self.say(_("That button does nothing here."), "warn")

    def weight_seen(self, _seen: WeightSeen, /) -> None:
        """The scale has said something; only a screen that weighs asked for it."""

    def box_moved(self, _moved: BoxMoved, /) -> None:
        """Something happened to a box; only a screen that shows boxes minds."""
