"""What stands on the counter besides the printer, as the screen uses it: scale, displays, buttons, lights.

A till has any or none of them; whatever is not there is asked for nothing and shows nothing. Nothing here
waits: each device has a thread of its own that takes the newest wish.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable

from kiosk.i18n import N_, _

if TYPE_CHECKING:
    from hardware.device import StateChanged
    from kiosk.checkout.customer import View
    from kiosk.settings import Settings
    from kiosk.station.lamps import Lamp


@runtime_checkable
class Asked(Protocol):
    """A scale."""

    look_s: float
    """Seconds between two looks while nobody weighs."""

    def ask(self, wanted: bool) -> None:
        """Want a weight from now on, or none any more."""


@runtime_checkable
class Pole(Protocol):
    """A display of two lines."""

    def show(self, upper: str, lower: str) -> None:
        """Show two lines."""


@runtime_checkable
class Screen(Protocol):
    """What a second screen reads."""

    def put(self, text: str) -> None:
        """Let it show this."""


@runtime_checkable
class Signals(Protocol):
    """Lights and a buzzer."""

    def light(self, light: Literal["off", "ok", "attention"]) -> None:
        """Show this from now on."""

    def beep(self, beep: Literal["ok", "error"]) -> None:
        """Sound once."""


LOOK_S, REST_LOOK_S = 10.0, 60.0
"""Between two looks whether the scale is well, while somebody sells and while nobody does."""
OPENS_S = 1.5
"""How long a drawer may take to move its contact: the pulse is 0.1 s, a heavy one rolls for half a second."""
MISSING = {
    "scale": N_("scale not found"),
    "display": N_("display not found"),
    "panel": N_("buttons not found"),
}
DEGRADED = {"scale": N_("scale trouble"), "panel": N_("a button is broken")}
"""What the status line says of what is configured and not well; of what is well it says nothing."""


class Counter:
    """Everything on the counter of one till."""

    def __init__(self, settings: Settings | None = None, devices: Mapping[str, object] | None = None) -> None:
        """Take the devices by their name in the settings; without any, everything here does nothing."""
        self._settings = settings
        self._roles = {one.name: one.role for one in settings.devices} if settings is not None else {}
        made = tuple((devices or {}).values())
        self._scale = next((one for one in made if isinstance(one, Asked)), None)
        self._poles = [one for one in made if isinstance(one, Pole)]
        self._screens = [one for one in made if isinstance(one, Screen)]
        self._signals = [one for one in made if isinstance(one, Signals)]
        self._shown: View | None = None
        self.drawer_open: bool | None = None
        """What the drawer's own contact says; None where there is none, or nobody knows."""

    @property
    def has_scale(self) -> bool:
        """Whether a weight can be asked for at all."""
        return self._scale is not None

    @property
    def has_display(self) -> bool:
        """Whether a customer sees anything but the seller's screen."""
        return bool(self._poles or self._screens)

    def weigh(self, wanted: bool) -> None:
        """Ask the scale again and again from now on, or leave it alone. Weights come as events."""
        if self._scale is not None:
            self._scale.ask(wanted)

    def rest(self, resting: bool) -> None:
        """Look at the scale less often while nobody sells."""
        if self._scale is not None:
            self._scale.look_s = REST_LOOK_S if resting else LOOK_S

    def show(self, view: View) -> None:
        """Let the customer see this; the same again costs nothing."""
        if view == self._shown or self._settings is None or not self.has_display:
            return
        self._shown = view
        if self._poles:
            from kiosk.station.pole import two_lines

            lines = two_lines(view, self._settings)
            for pole in self._poles:
                pole.show(*lines)
        if self._screens:
            from kiosk.checkout.customer import to_json

            text = to_json(view)
            for screen in self._screens:
                screen.put(text)

    def beep(self, beep: Literal["ok", "error"]) -> None:
        """Sound, where there is a buzzer and the shop wants it."""
        for signals in self._signals:
            signals.beep(beep)

    def heard(self, event: object) -> None:
        """Keep what an event says of the drawer; a contact that is gone or wild says nothing."""
        from hardware.device import State, StateChanged
        from hardware.panel.events import DRAWER, ContactWild, DrawerMoved

        if isinstance(event, DrawerMoved):
            self.drawer_open = event.open
        elif (isinstance(event, ContactWild) and event.contact == DRAWER) or (
            isinstance(event, StateChanged)
            and event.state not in {State.READY, State.DEGRADED}
            and self._role(event.device) == "panel"
        ):
            self.drawer_open = None

    def expect_drawer(self, stuck: Callable[[], object]) -> None:
        """The drawer was told to open: call `stuck`, in a thread, if its contact says shut after a while.

        Where there is no contact, or nobody knows what it says, nothing is claimed.
        """
        if self.drawer_open is False:
            timer = threading.Timer(OPENS_S, lambda: stuck() if self.drawer_open is False else None)
            timer.daemon = True
            timer.start()

    def light(self, lamps: Iterable[Lamp]) -> None:
        """Let the panel's lights say whether the status line has a red lamp."""
        if self._signals:
            bad = any(lamp.state == "bad" for lamp in lamps)
            for signals in self._signals:
                signals.light("attention" if bad else "ok")

    def lamps(self, states: Mapping[str, StateChanged]) -> tuple[Lamp, ...]:
        """What is not well on the counter, and an open drawer."""
        from hardware.device import State
        from kiosk.station.lamps import Lamp

        found = [Lamp("drawer", "warn", _("drawer open"))] if self.drawer_open else []
        for name, change in tuple(states.items()):  # other threads may add to it
            role = self._role(name)
            if change.state in {State.ABSENT, State.FAULT} and role in MISSING:
                found.append(Lamp(name, "warn", _(MISSING[role])))
            elif change.state is State.DEGRADED and role in DEGRADED:
                found.append(Lamp(name, "warn", _(DEGRADED[role])))
        return tuple(found)

    def _role(self, name: str) -> str:
        """What a device is, by its name."""
        return self._roles.get(name, "")
