"""A real input node, below ``/dev/input``, through evdev.

evdev is imported when a node is opened and never before: a till without such a device needs neither the
package nor the compiler that builds it.
"""

from __future__ import annotations

import errno
import fcntl
import struct
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from hardware.inputs.node import Axis
from hardware.inputs.records import Record

if TYPE_CHECKING:
    from evdev import InputDevice

SET_CLOCK: Final = 0x400445A0
"""``EVIOCSCLOCKID`` of linux/input.h."""
LED_CAPS: Final = 1


class NoEvdev(OSError):
    """The package that opens input nodes is not installed."""


class EvdevNode:
    """A node below ``/dev/input``."""

    shared = True

    def __init__(self, path: str) -> None:
        """Open it; `NoEvdev` when the package is missing, ``OSError`` when the node cannot be opened."""
        try:
            from evdev import InputDevice
        except ImportError as missing:
            raise NoEvdev(errno.ENOSYS, "evdev is not installed: pip install 'barrow[pi]'") from missing
        with _gone_is_gone():
            self._device: InputDevice[str] = InputDevice(path)
        self._grabbed = False
        self._monotonic = True
        try:
            fcntl.ioctl(self._device.fd, SET_CLOCK, struct.pack("i", time.CLOCK_MONOTONIC))
        except OSError:
            self._monotonic = False

    def fileno(self) -> int:
        """The descriptor to wait on."""
        return int(self._device.fd)

    def read(self) -> list[Record]:
        """What has come, with the kernel's time, so that a busy till does not see pauses that never were."""
        now_ms = time.monotonic_ns() // 1_000_000
        try:
            came = list(self._device.read())
        except BlockingIOError:
            return []
        return [
            Record(
                one.type,
                one.code,
                one.value,
                one.sec * 1000 + one.usec // 1000 if self._monotonic else now_ms,
            )
            for one in came
        ]

    def held(self) -> Collection[int]:
        """Keys that are down now."""
        with _gone_is_gone():
            return frozenset(self._device.active_keys())

    def grab(self) -> None:
        """Take the device for us alone, and put its caps lock light out.

        A scanner that follows the light sends capitals the other way round while it is on. Nobody can switch
        it on again before `close`: the console's own changes do not reach a grabbed device.
        """
        self._device.grab()
        self._grabbed = True
        from evdev.eventio import EvdevError

        with suppress(OSError, EvdevError), _gone_is_gone():  # one we may only read, or without lights
            if LED_CAPS in self._device.leds():
                self._device.set_led(LED_CAPS, 0)

    def axis(self, code: int) -> Axis | None:
        """How an axis is."""
        try:
            found = self._device.absinfo(code)
        except OSError as error:
            if error.errno == errno.ENODEV:
                raise
            return None
        return Axis(found.min, found.max, found.resolution, found.value) if found.max > found.min else None

    def close(self) -> None:
        """Let go."""
        if self._grabbed:
            self._grabbed = False
            with suppress(OSError):  # a device that is gone needs no release
                self._device.ungrab()
        self._device.close()


@contextmanager
def _gone_is_gone() -> Iterator[None]:
    """Make an ``OSError`` of what evdev raises when the device vanishes under a question.

    Half of its C functions (2.0: active_keys, leds, the constructor) then return without an error set.
    """
    try:
        yield
    except SystemError as error:
        raise OSError(errno.ENODEV, "the device was unplugged") from error
