"""One scale: asked five times a second while a weight is wanted, looked at now and then while none is."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace

from hardware.device import Report, State, StateChanged
from hardware.scale.language import MOST, Language, Step, plain
from hardware.scale.settling import Settling
from hardware.scale.weight import Answer, NotWeighed, Trouble, Weighed, Weight
from hardware.wire.address import Wire

POLL_S = 0.2
"""Between two questions while somebody weighs: the figure follows the hand."""
LOOK_S = 10.0
"""Between two while nobody does, so that a scale that is off is known before something lies on it."""
REPLY_S = 0.5
"""Deadline for a reply; at 9600 baud the longest takes a tenth of it."""
LATE = 16
"""Reads that throw away what came too late; a scale that talks without end is not waited out."""
SILENT_LOOKS = 3
"""Unanswered questions in a row before its wire is opened anew, where it used to answer."""
WORDS = {
    Trouble.SILENT: "the scale does not answer",
    Trouble.GARBAGE: "the scale answers in another language: compare kind, baud and frame with its menu",
    Trouble.FAULT: "the scale reports a fault, or wants to be zeroed",
    Trouble.UNIT: "the scale weighs in another unit than kilograms",
}
"""What makes a scale less than ready, for the log and the doctor. The rest is everyday life on a scale."""


class Scale:
    """A device for the supervisor, and `ask` for whoever wants a weight."""

    def __init__(
        self,
        name: str,
        wire: Wire,
        language: Language,
        *,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[threading.Event, float], bool] = threading.Event.wait,
    ) -> None:
        """Prepare; nothing is opened before `open`. `clock` gives monotonic seconds."""
        self._name = name
        self.wire = wire
        self.language = language
        self.look_s = LOOK_S
        """Seconds between two looks; a till at rest may take longer ones."""
        self._clock = clock
        self._wait = wait
        self._turn = threading.Lock()
        self._nudge = threading.Event()
        self._asked = False
        self._closed = True

    @property
    def name(self) -> str:
        """Its name in the settings."""
        return self._name

    def open(self) -> None:
        """Open the wire, or raise ``OSError``."""
        self.wire.open()
        self._closed = False

    def ask(self, wanted: bool) -> None:
        """Want a weight from now on, or none any more. From any thread; safe while it is unplugged."""
        self._asked = wanted
        self._nudge.set()

    def run(self, report: Report) -> None:
        """Ask, and tell what came, until closed or lost."""
        settling, silent, answered, said = Settling(), 0, False, State.READY
        while not self._closed:
            self._nudge.clear()
            with self._turn:
                answer = Trouble.SILENT if self._closed else settling.feed(self.read())
            silent = silent + 1 if answer is Trouble.SILENT else 0
            answered = answered or not silent
            if silent >= SILENT_LOOKS and answered:
                raise TimeoutError("the scale has stopped answering")
            if self._closed:
                return
            said = self._tell_state(report, answer, said)
            if self._asked:
                report(self._event(answer))
            self._wait(self._nudge, POLL_S if self._asked else self.look_s)

    def close(self) -> None:
        """Let go; a question under way ends within its deadline."""
        self._closed = True
        self._nudge.set()
        with self._turn:
            self.wire.close()

    def read(self) -> Answer:
        """Ask once. Call it from one thread only, with the wire open."""
        for _ in range(LATE):  # an answer to an earlier question is no answer to this one
            if not self.wire.read(MOST, 0):
                break
        reply = b""
        for step in self.language.steps:
            came = self._exchange(step)
            if isinstance(came, Trouble):
                return came
            reply = came
        answer = self.language.decode(reply)
        if isinstance(answer, Weight) and answer.net and self.language.tare is not None:
            return replace(answer, tare=self._tare(self.language.tare))
        return answer

    def _tare(self, step: Step) -> int | None:
        """Grams of the tare that was taken off, if the scale tells."""
        came = self._exchange(step)
        tare = came if isinstance(came, Trouble) else self.language.decode(came)
        return tare.grams if isinstance(tare, Weight) else None

    def _exchange(self, step: Step) -> bytes | Trouble:
        """Send a question; the whole reply, or why there is none: silence, or bytes that never became one."""
        if self.wire.write(step.send, REPLY_S) < len(step.send):
            return Trouble.SILENT
        came, until = b"", self._clock() + REPLY_S
        while len(came) < MOST and not self._closed:
            more = self.wire.read(MOST, max(0.0, until - self._clock()))
            if not more:
                break
            came += plain(more, self.language.seven)
            if found := step.whole.search(came):
                return found[0]
        return Trouble.GARBAGE if came else Trouble.SILENT

    def _event(self, answer: Answer) -> Weighed | NotWeighed:
        """What is told of an answer."""
        at_ms = int(self._clock() * 1000)
        if isinstance(answer, Trouble):
            return NotWeighed(self.name, answer, at_ms)
        return Weighed(self.name, answer.grams, at_ms, answer.net, answer.tare)

    def _tell_state(self, report: Report, answer: Answer, said: State) -> State:
        """Report a change between ready and not quite; the supervisor reports each change once."""
        reason = WORDS.get(answer, "") if isinstance(answer, Trouble) else ""
        state = State.DEGRADED if reason else State.READY
        if reason or state is not said:
            report(StateChanged(self.name, state, reason))
        return state
