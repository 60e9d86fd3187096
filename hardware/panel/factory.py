"""A panel from its settings: pins by the numbers of the chip (BCM), as on every drawing of a Pi."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from hardware.options import BadOptions, Options
from hardware.panel.events import DRAWER, ROLES, Beep
from hardware.panel.panel import Panel, Wiring
from hardware.panel.pins import Pins, mock_factory, real_factory

OUTPUTS = ("light_ok", "light_attention", "buzzer")
LAST_PIN = 27
"""The header has GPIO 0 to 27."""
BEEPS: Mapping[str, frozenset[Beep]] = {
    "none": frozenset(),
    "errors": frozenset({"error"}),
    "all": frozenset({"error", "ok"}),
}


def make(name: str, table: Mapping[str, object]) -> Panel:
    """``pins`` (real or mock), a pin number for each role that is wired, and how they are wired."""
    options = Options(name, table)
    kind = options.choice("pins", "real", ("real", "mock"))
    contacts = {role: options.number(role, 0, 0, LAST_PIN) for role in (*ROLES, DRAWER) if role in table}
    outputs = {role: options.number(role, 0, 0, LAST_PIN) for role in OUTPUTS if role in table}
    wiring = _wiring(options, contacts, outputs)
    options.done()
    problems = [f"pin {pin} is used twice" for pin in _twice(contacts, outputs)]
    if not contacts and not outputs:
        problems.append(f"nothing is wired: give a pin to one of {', '.join((*ROLES, DRAWER, *OUTPUTS))}")
    if problems:
        raise BadOptions(name, problems)
    if kind == "mock":
        return Panel(name, wiring, lambda: Pins(mock_factory(), own=False))
    return Panel(name, wiring, lambda: Pins(real_factory()))


def _wiring(options: Options, contacts: Mapping[str, int], outputs: Mapping[str, int]) -> Wiring:
    """How everything is wired; the defaults are a contact to ground and an output that lights when high."""
    settle = options.number("debounce_ms", 20, 5, 200) / 1000
    drawer_settle = options.number("drawer_debounce_ms", 50, 5, 500) / 1000
    buttons_low = options.choice("button_pressed", "low", ("low", "high")) == "low"
    drawer_low = options.choice("drawer_open", "low", ("low", "high")) == "low"
    outputs_low = options.choice("output_on", "high", ("low", "high")) == "low"
    beeps = options.choice("beeps", "errors", BEEPS)
    return Wiring(
        contacts=contacts,
        settle_s={name: drawer_settle if name == DRAWER else settle for name in contacts},
        active_low={name: drawer_low if name == DRAWER else buttons_low for name in contacts},
        outputs=outputs,
        outputs_low=outputs_low,
        beeps=BEEPS[beeps],
    )


def _twice(*wired: Mapping[str, int]) -> list[int]:
    """The pins that have two jobs."""
    counted = Counter(pin for pins in wired for pin in pins.values())
    return [pin for pin, times in counted.items() if times > 1]
