"""Keeps one device alive: open, run, close on failure, wait, again. No exception leaves it."""

from __future__ import annotations

import errno
import logging
import random
import threading
import time
from collections.abc import Callable

from hardware.device import Device, Event, Report, State, StateChanged

log = logging.getLogger(__name__)

FIRST_WAIT_S = 0.5
"""The first pause: a plug that wobbles is back before anyone has noticed."""
LONGEST_WAIT_S = 30.0
"""The longest pause: a printer switched on at noon is found before the seller has asked why it is not."""
JITTER = 0.2
"""Spread of a pause, so that two devices on one bad hub do not fail in step for ever."""
EAGER_S = 2.0
"""For so long after a plug was heard the attempts follow close: its node gets its name and group late."""
EAGER_WAIT_S = 0.2
"""The pause between those."""
HEALTHY_S = 60.0
"""A device that worked this long starts again from the first pause."""
GONE = frozenset(
    {errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.ECONNREFUSED, errno.EHOSTUNREACH, errno.ETIMEDOUT}
)
"""Errors that say "not there" rather than "broken"."""

Wait = Callable[[threading.Event, float], bool]
"""Waits for the event at most so many seconds; tests pass one that returns at once."""


class BackOff:
    """The pauses between attempts: 0.5, 1, 2 ... 30 s, each spread by a fifth."""

    def __init__(self, spread: Callable[[float, float], float] = random.uniform) -> None:
        """Start at the first pause; `spread` draws a factor from a range."""
        self._spread = spread
        self._next = FIRST_WAIT_S

    def pause(self) -> float:
        """The next pause in seconds; each call doubles the one after it."""
        now, self._next = self._next, min(self._next * 2, LONGEST_WAIT_S)
        return now * self._spread(1 - JITTER, 1 + JITTER)

    def reset(self) -> None:
        """Start from the first pause again."""
        self._next = FIRST_WAIT_S


def _losses() -> tuple[type[Exception], ...]:
    """What a vanished device raises. ``termios.error`` is no ``OSError`` and exists on POSIX only."""
    try:
        import termios
    except ImportError:
        return (OSError,)
    return (OSError, termios.error)


class Supervisor:
    """One thread that keeps one device open and reports every change of its state exactly once."""

    def __init__(
        self,
        device: Device,
        report: Report,
        *,
        clock: Callable[[], float] = time.monotonic,
        wait: Wait = threading.Event.wait,
        spread: Callable[[float, float], float] = random.uniform,
    ) -> None:
        """Prepare; nothing is opened before `start`. `clock` gives monotonic seconds."""
        self.device = device
        self.state = State.ABSENT
        self._report_on = report
        self._clock = clock
        self._wait = wait
        self._back_off = BackOff(spread)
        self._wake = threading.Event()
        self._eager_until = -EAGER_S
        self._stopping = False
        self._said: StateChanged | None = None
        self._losses = _losses()
        self._thread = threading.Thread(target=self._work, name=f"device-{device.name}", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def poke(self) -> None:
        """Try again now: something was plugged in, or a person asked."""
        self._wake.set()

    def stop(self, deadline_s: float = 2.0) -> bool:
        """Close the device and end the thread; true when it ended within the deadline."""
        self._stopping = True
        self._wake.set()
        self._let_go()
        if self._thread.ident is not None and self._thread is not threading.current_thread():
            self._thread.join(deadline_s)
        return not self._thread.is_alive()

    def _work(self) -> None:
        """Attempt after attempt until stopped."""
        self._say(State.OPENING)
        while not self._stopping:
            self._wake.clear()
            if self._stopping:  # stop() may have come between the two lines above
                break
            self._attempt()
            if not self._stopping and self._wait(self._wake, self._pause()):
                self._back_off.reset()
                self._eager_until = self._clock() + EAGER_S
        self._say(State.CLOSED)

    def _pause(self) -> float:
        """Seconds until the next attempt."""
        return EAGER_WAIT_S if self._clock() < self._eager_until else self._back_off.pause()

    def _attempt(self) -> None:
        """Open and run once; afterwards the device is closed and, unless stopped, its failure is said."""
        opened: float | None = None
        try:
            self.device.open()
            opened = self._clock()
            if not self._stopping:
                self._say(State.READY)
                self.device.run(self._report)
            failure = (State.ABSENT, "the device ended the connection")
        except self._losses as error:
            failure = (State.ABSENT if getattr(error, "errno", None) in GONE else State.FAULT, _words(error))
        except Exception as error:  # a driver's own mistake is a fault of that device, not of the till
            log.exception("driver of %s failed", self.device.name)
            failure = (State.FAULT, _words(error))
        finally:
            self._let_go()
        if opened is not None and self._clock() - opened >= HEALTHY_S:
            self._back_off.reset()
        if not self._stopping:
            self._say(*failure)

    def _let_go(self) -> None:
        """Close the device; a driver that cannot even do that does not take the till with it."""
        try:
            self.device.close()
        except Exception:
            log.exception("closing %s failed", self.device.name)

    def _report(self, event: Event) -> None:
        """Pass an event on; a state the device tells of itself goes through the same one-change rule."""
        if isinstance(event, StateChanged):
            self._say(event.state, event.reason)
        else:
            self._report_on(event)

    def _say(self, state: State, reason: str = "") -> None:
        """Report a state unless it is the one said last."""
        change = StateChanged(self.device.name, state, reason)
        if change == self._said:
            return
        self._said = change
        self.state = state
        if state in {State.FAULT, State.ABSENT}:
            log.warning("%s is %s: %s", self.device.name, state, reason)
        self._report_on(change)


def _words(error: Exception) -> str:
    """An exception as one line."""
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(str(text).split())
