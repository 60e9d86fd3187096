"""The one place that touches gpiozero: pin factories, inputs with a callback, outputs. Imported when opened.

Real pins are lgpio's. Importing lgpio makes a FIFO in the working directory, fails without words where that
cannot be written, and with ``LG_WD`` set moves the whole process elsewhere (joan2937/lg issue 22); each of
these is an error of its own here. gpiozero's Button is not used: every one wakes ten times a second.
"""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Callable
from functools import cache
from typing import Any

from hardware.panel.chips import header_chip

log = logging.getLogger(__name__)


class NoLgpio(OSError):
    """The library for real pins is not installed."""


class DirectoryNotWritable(OSError):
    """lgpio needs a working directory that it can write, and this one is not."""


class DirectoryMoved(OSError):
    """``LG_WD`` is set: lgpio would move the whole till into another directory."""


class PinRefused(OSError):
    """A pin or its chip cannot be had, usually because another program holds it."""


@cache
def mock_factory() -> Any:
    """The pins of this process that are only thought of: the simulated panel presses them."""
    return new_mock_factory()


def new_mock_factory() -> Any:
    """Pins that are only thought of, for a test of its own."""
    from gpiozero.pins.mock import MockFactory, MockPin

    return MockFactory(pin_class=unraising(MockPin))


def unraising(pin_class: Any) -> Any:
    """A kind of pin whose edges cannot raise.

    gpiozero calls ``None`` when an edge comes to a pin that is just being let go of, and lgpio's one thread,
    which serves every pin, dies of any exception.
    """

    class Unraising(pin_class):  # type: ignore[misc]
        """The same pin, whose edges end here whatever becomes of them."""

        def _call_when_changed(self, *edge: Any) -> None:
            try:
                super()._call_when_changed(*edge)
            except Exception:  # whatever it is, the edge of one pin is not worth all the others
                log.debug("an edge of %r was lost", self, exc_info=True)

    return Unraising


def real_factory() -> Any:
    """The pins of this Raspberry Pi. Every obstacle is an ``OSError`` of its own."""
    chip = header_chip()
    if os.environ.get("LG_WD"):
        raise DirectoryMoved(f"LG_WD is set to {os.environ['LG_WD']}")
    _see_that_directory_is_writable()
    try:
        from gpiozero.pins.lgpio import LGPIOFactory, LGPIOPin
    except ModuleNotFoundError as error:
        raise NoLgpio("lgpio is not installed") from error
    try:
        factory = LGPIOFactory(chip=chip)
    except Exception as error:
        raise PinRefused(f"gpiochip{chip} cannot be opened: {error}") from error
    factory.pin_class = unraising(LGPIOPin)
    return factory


def _see_that_directory_is_writable() -> None:
    """Try what lgpio is going to do: make a file in the working directory."""
    try:
        with tempfile.TemporaryFile(dir=os.curdir):
            pass
    except OSError as error:
        raise DirectoryNotWritable(f"the working directory {os.getcwd()} cannot be written") from error


class Pins:
    """The pins in use, closed together."""

    def __init__(self, factory: Any, *, own: bool = True) -> None:
        """Use a factory's pins, never gpiozero's global default; `own` closes the factory with them."""
        self._factory = factory
        self._own = own
        self._devices: dict[str, Any] = {}

    def listen(self, name: str, pin: int, active_low: bool, edge: Callable[[str, bool], None]) -> bool:
        """Connect an input and return whether it is active now.

        `edge` is called in the library's own thread with the name and the new level. It must not raise: one
        exception would end that thread, and with it every other button.
        """
        from gpiozero import DigitalInputDevice

        device = self._made(
            name, lambda: DigitalInputDevice(pin, pull_up=active_low, pin_factory=self._factory)
        )
        device.when_activated = lambda: edge(name, True)
        device.when_deactivated = lambda: edge(name, False)
        return bool(device.value)

    def output(self, name: str, pin: int, active_low: bool) -> None:
        """Connect an output, off."""
        from gpiozero import DigitalOutputDevice

        self._made(
            name,
            lambda: DigitalOutputDevice(
                pin, active_high=not active_low, initial_value=False, pin_factory=self._factory
            ),
        )

    def set(self, name: str, on: bool) -> None:
        """Switch an output, where it is connected."""
        device = self._devices.get(name)
        if device is not None and bool(device.value) != on:
            device.value = int(on)

    def level(self, name: str) -> bool:
        """Whether an input is active now, without waiting for an edge."""
        return bool(self._devices[name].value)

    def drop(self, name: str) -> None:
        """Let go of one pin."""
        self._devices.pop(name).close()

    def close(self) -> None:
        """Let go of all of them. Outputs are switched off first: a pin that is let go of floats."""
        devices, self._devices = self._devices, {}
        for device in devices.values():
            if hasattr(device, "off"):
                device.off()
            device.close()
        if self._own:
            self._factory.close()

    def _made(self, name: str, make: Callable[[], Any]) -> Any:
        """A pin, kept to be closed. What gpiozero and lgpio raise has no common base but ``Exception``."""
        try:
            device = make()
        except Exception as error:
            raise PinRefused(f"{name}: {error}") from error
        self._devices[name] = device
        return device
