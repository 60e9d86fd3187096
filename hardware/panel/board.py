"""All contacts of a panel together: edges and time in, events out. Pure, so that a fake clock can test it.

Edges are worked off in their order and by their own times, so that a press is one also when it is looked at
late, all of it at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import cast

from hardware.device import Event
from hardware.panel.contact import Breaker, Contact
from hardware.panel.events import DRAWER, ROLES, ButtonPressed, ContactWild, DrawerMoved, Role
from hardware.panel.press import Press

STORM, STORM_S = 50, 5.0
"""More settled changes than a hand can make: five presses a second for five seconds, and one more."""
FLOOD = 1000
"""Raw edges in the same time that no bouncing contact makes, but a broken wire beside a mains lead does."""
REST_S = 60.0
"""How long a wild contact stays off; dried out or pushed back in, it works again by itself."""


@dataclass(slots=True)
class _Wired:
    """One contact with its own breakers, and what it is for."""

    contact: Contact
    press: Press = field(default_factory=Press)
    storm: Breaker = field(default_factory=lambda: Breaker(STORM, STORM_S))
    flood: Breaker = field(default_factory=lambda: Breaker(FLOOD, STORM_S))


class Board:
    """The contacts of one panel by name: a button's role, or ``drawer``. A level is true when active."""

    def __init__(self, device: str, settle_s: Mapping[str, float]) -> None:
        """Know the contacts and how long each takes to settle; `begin` says how each one is."""
        self._device = device
        self._settle_s = settle_s
        self._wired: dict[str, _Wired] = {}
        self._off: dict[str, float] = {}

    def begin(self, name: str, level: bool) -> list[Event]:
        """A contact is connected and its level known."""
        self._wired[name] = _Wired(Contact(level, self._settle_s[name]))
        return [DrawerMoved(self._device, level)] if name == DRAWER else []

    def edge(self, name: str, level: bool, at_s: float) -> list[Event]:
        """A contact changed its level; what that and the time until then amount to."""
        wired = self._wired.get(name)
        if wired is None:
            return []
        happened = self._looked_at(name, wired, at_s)
        if name in self._wired:
            wired.contact.edge(level, at_s)
            if wired.flood.hit(at_s):
                happened.append(self._switch_off(name, at_s))
        return happened

    def step(self, now_s: float) -> list[Event]:
        """What has become due by now."""
        looked = [self._looked_at(name, wired, now_s) for name, wired in tuple(self._wired.items())]
        return [event for events in looked for event in events]

    def rested(self, now_s: float) -> list[str]:
        """The wild contacts that may be connected again; each is named once."""
        names = [name for name, until in self._off.items() if until <= now_s]
        for name in names:
            del self._off[name]
        return names

    @property
    def off(self) -> tuple[str, ...]:
        """The contacts that are switched off because they went wild."""
        return tuple(self._off)

    @property
    def due(self) -> float | None:
        """When something becomes due, if nothing happens before."""
        times: Iterable[float | None] = (
            *self._off.values(),
            *(wired.contact.due for wired in self._wired.values()),
            *(wired.press.due for wired in self._wired.values()),
        )
        return min((time for time in times if time is not None), default=None)

    def raw(self, name: str) -> bool | None:
        """The level of a contact's last edge; ``None`` for one that is switched off."""
        return self._wired[name].contact.raw if name in self._wired else None

    def _looked_at(self, name: str, wired: _Wired, now_s: float) -> list[Event]:
        """What one contact has to tell by now."""
        due, happened = wired.contact.due, list[Event]()
        if due is not None and wired.contact.settled(now_s):
            happened += self._moved(name, wired, due)
        if name in ROLES and wired.press.long(now_s):
            happened += [ButtonPressed(self._device, name, True, int(now_s * 1000))]
        return happened

    def _moved(self, name: str, wired: _Wired, at_s: float) -> list[Event]:
        """A settled level changed."""
        if wired.storm.hit(at_s):
            return [self._switch_off(name, at_s)]
        if name == DRAWER:
            return [DrawerMoved(self._device, wired.contact.level)]
        short = wired.press.moved(wired.contact.level, at_s)
        return [ButtonPressed(self._device, cast("Role", name), False, int(at_s * 1000))] if short else []

    def _switch_off(self, name: str, at_s: float) -> Event:
        """Stop listening to a contact."""
        del self._wired[name]
        self._off[name] = at_s + REST_S
        return ContactWild(self._device, name)
