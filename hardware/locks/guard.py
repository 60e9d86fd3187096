"""A process that holds the coils on header pins, and lets go of them whatever happens to the till.

The kernel leaves an output at its last level when a process dies, and a screen that is busy cannot time a
pulse: half a second became ten when one C call held the interpreter (raspberrypi/linux PR 6117; measured). So
the till starts this process, which knows nothing but lines and times: it drives every line low when it
starts, when its input closes, when its parent dies and on every signal, and no pulse is longer than 750 ms.
If it is killed itself, `hardware.locks.secondgrip` lets go; if all of them are at once, `kiosk locker off`
does, which the till's unit calls whenever it has ended.

It speaks lines of text on its standard input and output, the frames of `hardware.locks.coils`:

    open 3      -> opened 3 taken | cooling | refused
    status      -> levels 1=1 2=0      the door switches, 1 closed; a channel without a switch is left out
"""

from __future__ import annotations

import argparse
import os
import select
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hardware.locks import secondgrip
from hardware.locks.coilpins import ChipPins, FilePins, Pins
from hardware.locks.ontime import ENDINGS, come_first, die_with_parent, told_to_end

MOST_MS = 750
"""The longest pulse, whatever is asked for: AS.500X locks bear a second at the very most."""
LATE_MS = 30
"""Of which so much is left for a kernel that wakes us late; 1 ms was seen on an idle machine."""
COOL_S = 15.0
LINE_MOST = 64
"""Bytes of a command; what is longer is no command."""


@dataclass(frozen=True, slots=True)
class Channel:
    """One lock on the header."""

    coil: int
    """The coil's line, by its BCM number."""
    switch: int | None = None
    """The door switch's line."""


class Guard:
    """The rules, without processes and signals: commands in, answers out, times given from outside."""

    def __init__(self, pins: Pins, channels: dict[int, Channel], pulse_ms: int, now: float) -> None:
        """Drive everything low. `now` is monotonic seconds, as in every other method."""
        self._pins = pins
        self._channels = channels
        self._pulse_s = min(pulse_ms, MOST_MS - LATE_MS) / 1000
        self._cool_until = dict.fromkeys(channels, now)
        self._high: tuple[int, float] | None = None
        for channel in channels.values():
            pins.output(channel.coil)

    def wait_s(self, now: float) -> float | None:
        """Seconds until a line must be let go; None while none is held."""
        return None if self._high is None else max(0.0, self._high[1] - now)

    def expire(self, now: float) -> None:
        """Let go of a line whose time is over."""
        if self._high is not None and now >= self._high[1]:
            self.let_go()

    def let_go(self) -> None:
        """Drive every line low."""
        self._high = None
        for channel in self._channels.values():
            self._pins.drive(channel.coil, False)

    def obey(self, command: str, now: float) -> str:
        """Carry out one command and return the answer; an unknown one is refused in words."""
        match command.split():
            case ["status"]:
                return " ".join(["levels", *self._levels()])
            case ["open", number] if number.isdecimal() and int(number) in self._channels:
                return f"opened {int(number)} {self._pulse(int(number), now)}"
        return "refused"

    def _levels(self) -> list[str]:
        """The door switches."""
        return [
            f"{number}={int(self._pins.read(channel.switch))}"
            for number, channel in self._channels.items()
            if channel.switch is not None
        ]

    def _pulse(self, number: int, now: float) -> str:
        """Energise one coil; never two at once, never one that is still warm."""
        if self._high is not None or now < self._cool_until[number]:
            return "cooling"
        self._cool_until[number] = now + COOL_S
        self._high = (number, now + self._pulse_s)
        self._pins.drive(self._channels[number].coil, True)
        return "taken"


def serve(guard: Guard, source: int, ending: int, answer: Callable[[bytes], object]) -> None:
    """Obey until the input closes or `ending` is readable; however it ends, every line is low then."""
    held = b""
    try:
        while True:
            ready, _, _ = select.select((source, ending), (), (), guard.wait_s(time.monotonic()))
            guard.expire(time.monotonic())
            if ending in ready:
                return
            if source not in ready:
                continue
            chunk = os.read(source, 256)
            if not chunk:
                return
            *lines, held = (held + chunk).split(b"\n")
            held = held[-LINE_MOST:]
            for line in lines:
                answer(guard.obey(line.decode("ascii", "replace"), time.monotonic()).encode() + b"\n")
    finally:
        guard.let_go()


def main() -> None:
    """`python -m hardware.locks.guard --pulse 500 --channel 1:17:27 (--chip 0 | --files DIR)`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parent", type=int, required=True)
    parser.add_argument("--pulse", type=int, default=500)
    parser.add_argument("--channel", action="append", default=[])
    parser.add_argument("--chip", type=int)
    parser.add_argument("--files", type=Path)
    args = parser.parse_args()
    channels = {}
    for text in args.channel:
        number, coil, *switch = map(int, text.split(":"))
        channels[number] = Channel(coil, switch[0] if switch else None)

    def pins() -> Pins:
        return FilePins(args.files) if args.files is not None else ChipPins(args.chip or 0)

    come_first()
    grip = secondgrip.stand_by(pins, [channel.coil for channel in channels.values()], ENDINGS)
    ending = told_to_end()
    die_with_parent(args.parent)
    try:
        serve(
            Guard(pins(), channels, args.pulse, time.monotonic()), 0, ending, lambda text: os.write(1, text)
        )
    except OSError as error:
        sys.exit(str(error))  # its last words, for `hardware.locks.coils.GuardWire`
    finally:
        secondgrip.relieve(grip)


if __name__ == "__main__":
    main()
