"""A battery board on the I2C bus: its registers read every few seconds, through bursts of bus errors."""

from __future__ import annotations

import errno
import threading
import time
from collections.abc import Callable, Sequence
from typing import Protocol

from hardware.power.hats.registers import Chip, Off
from hardware.power.poller import EVERY_S, Poller
from hardware.power.reading import PowerRead, Reading, checked, flipped, overlay
from hardware.power.refused import Refused

PAUSE_S = 0.005
"""Between two tries of one read: a burst beside an inverter is over in a few milliseconds."""


class Bus(Protocol):
    """What is used of smbus2.SMBus."""

    def read_i2c_block_data(self, i2c_addr: int, register: int, length: int) -> Sequence[int]:
        """Bytes as they come, or ``OSError``."""
        ...

    def write_i2c_block_data(self, i2c_addr: int, register: int, data: Sequence[int]) -> None:
        """Write bytes, or ``OSError``."""
        ...

    def close(self) -> None:
        """Let go."""
        ...


def smbus(number: int) -> Bus:
    """The machine's own bus. ``OSError`` when it is not there, or its library is not."""
    try:
        from smbus2 import SMBus
    except ImportError:
        raise OSError(errno.ENOENT, "smbus2 is not installed: pip install 'barrow[pi]'") from None
    bus: Bus = SMBus(number)
    return bus


class Hat(Poller):
    """One board, with all its chips."""

    def __init__(
        self,
        name: str,
        chips: Sequence[Chip],
        bus: Callable[[], Bus],
        every_s: float = EVERY_S,
        *,
        flip: bool = False,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[threading.Event, float], bool] = threading.Event.wait,
    ) -> None:
        """The first chip must answer; without one of the others its figures are unknown."""
        super().__init__(name, every_s, clock=clock, wait=wait)
        self._chips = chips
        self._make_bus = bus
        self._flip = flip
        self._bus: Bus | None = None
        self._ready: set[int] = set()
        """Addresses of chips that were set up since their last fault."""

    @property
    def off_after_s(self) -> float | None:
        """How long after `power_off` the board cuts the power; ``None``: this board cannot."""
        off = self._off
        return None if off is None else off[1].after_s

    def power_off(self) -> None:
        """Tell the board to cut the power. From any thread; ``OSError`` when it did not take the order.

        That it took it is all that is known: a board answers a write and does what it likes.
        """
        if self._off is not None:
            chip, off = self._off
            self._order(chip, off.register, off.order)

    def stay_on(self) -> bool:
        """Take that order back; false where nothing can. ``OSError`` as above."""
        if self._off is None or self._off[1].take_back is None:
            return False
        chip, off = self._off
        self._order(chip, off.register, off.take_back or b"")
        return True

    @property
    def _off(self) -> tuple[Chip, Off] | None:
        return next(((chip, chip.off) for chip in self._chips if chip.off is not None), None)

    def _order(self, chip: Chip, register: int, order: bytes) -> None:
        """Write an order through a burst of errors, between two looks."""
        failure = OSError(errno.EIO, "the bus is closed")
        with self._turn:
            for attempt in range(chip.tries if self._bus is not None else 0):
                if attempt:
                    self._wait(self._nudge, PAUSE_S)
                try:
                    self._bus.write_i2c_block_data(chip.address, register, list(order))  # type: ignore[union-attr]
                except OSError as error:
                    failure = error
                else:
                    return
        raise failure

    def _connect(self) -> None:
        """Open the bus."""
        self._bus, self._ready = self._make_bus(), set()

    def _disconnect(self) -> None:
        """Close it."""
        bus, self._bus = self._bus, None
        if bus is not None:
            bus.close()

    def _look(self) -> PowerRead:
        """Read every chip; lay their figures over each other."""
        first, *others = self._chips
        reading = self._read(first)
        for chip in others:
            try:
                reading = overlay(self._read(chip), reading)
            except (Refused, TimeoutError):
                continue  # its figures stay unknown
        reading = checked(reading)
        return PowerRead(self.name, flipped(reading) if self._flip else reading, int(self._clock() * 1000))

    def _read(self, chip: Chip) -> Reading:
        """One chip's blocks, and what they mean; a block that cannot be had leaves its figures unknown."""
        blocks, failure = {}, OSError(errno.EIO, "the bus is closed")
        for register, length in chip.reads:
            try:
                self._set_up(chip)
                blocks[register] = self._block(chip, register, length)
            except OSError as error:
                self._ready.discard(chip.address)
                failure = error
        if not blocks:
            what = f"nobody answers at 0x{chip.address:02X}: {failure.strerror or failure}"
            raise TimeoutError(errno.ETIMEDOUT, what) from failure
        return chip.decode(blocks)

    def _set_up(self, chip: Chip) -> None:
        """Write what the chip forgets when it loses power."""
        if self._bus is not None and chip.address not in self._ready:
            for register, value in chip.setup:
                self._bus.write_i2c_block_data(chip.address, register, list(value))
            self._ready.add(chip.address)

    def _block(self, chip: Chip, register: int, length: int) -> bytes:
        """One block, believed after so many equal reads in a row; ``OSError`` after so many tries."""
        same, last, failure = 0, b"", OSError(errno.EIO, "it never answers the same twice")
        for attempt in range(chip.tries):
            if attempt and not self._closed:
                self._wait(self._nudge, PAUSE_S)
            if self._bus is None:
                break
            try:
                came = bytes(self._bus.read_i2c_block_data(chip.address, register, length))
            except OSError as error:
                failure = error
                continue
            same, last = (same + 1 if came == last else 1), came
            if same >= chip.same_reads:
                return came
        raise failure
