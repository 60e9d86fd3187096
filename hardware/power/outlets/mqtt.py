"""An outlet behind an MQTT broker, as `SmartOutlet` talks to it: asked and answered, not overheard.

What an outlet sends by itself may be minutes old; so each look asks anew and waits for the answers. The
connection is made at the first look and held; once lost it is the supervisor who tries again.
"""

from __future__ import annotations

from collections.abc import Callable

from hardware.power.outlets.reading import OutletReading
from hardware.power.outlets.spoken import Family, Question
from hardware.power.refused import Refused, SaidNo
from hardware.wire.broker import Broker, Said

DEADLINE_S = 1.5
"""For one answer; an outlet on the same network needs 50 ms."""


class MqttOutlet:
    """One outlet of one device."""

    def __init__(self, family: Family, make: Callable[[], Broker]) -> None:
        """`make` gives a connection that is not opened yet, anew after each loss."""
        self._family = family
        self._make = make
        self._broker: Broker | None = None
        self._gone = False
        """What its last will says; the one word of it that may have been kept."""
        self._heard: dict[str, bytes] = {}
        self._awaited: Question | None = None

    def look(self) -> tuple[OutletReading, ...]:
        """Ask how it is. ``OSError`` when the broker or the outlet is not there, else a `Refused`."""
        heard: dict[str, bytes] = {}
        for question in self._family.ask():
            heard |= self._answer(question)
        return (self._family.reading(heard),)

    def switch(self, on: bool, back_after_s: int | None) -> None:
        """Tell it to switch. Whether it has is seen by looking."""
        for order in self._family.order(on, back_after_s):
            self._told(order)

    def protect(self, watts: int) -> float | None:
        """Set the watts above which it switches itself off; return what it says they are now."""
        told = [self._told(order) for order in self._family.limit(watts)]
        return told[-1].limit_w if told else None

    def hang_up(self) -> None:
        """Let go of the broker; from another thread it ends a look under way."""
        broker, self._broker = self._broker, None
        if broker is not None:
            broker.close()

    def _told(self, order: Question) -> OutletReading:
        """Send an order; an answer without a reading is a receipt."""
        try:
            return self._family.reading(self._answer(order))
        except SaidNo:
            raise
        except Refused:
            return OutletReading()

    def _answer(self, question: Question) -> dict[str, bytes]:
        """Send a question and wait for all of its answer."""
        self._heard, self._awaited = {}, question
        try:
            broker = self._connected()
            broker.send(question.topic, question.payload)
            broker.listen(lambda: len(self._heard) == len(question.answers), DEADLINE_S)
        except TimeoutError as error:
            if self._gone:
                raise TimeoutError(error.errno, "its last will at the broker says that it is gone") from error
            raise
        except OSError:
            self.hang_up()
            raise
        finally:
            self._awaited = None
        return self._heard

    def _connected(self) -> Broker:
        broker = self._broker
        if broker is None:
            self._gone = False
            broker = self._make()
            broker.open(self._hear)
            self._broker = broker
        return broker

    def _hear(self, said: Said) -> None:
        """One message: a last will, a part of the answer, or none of our business."""
        if (gone := self._family.gone(said)) is not None:
            self._gone = gone
        question = self._awaited
        if question is None or said.kept:
            return
        if said.topic in question.answers and question.fits(said):
            self._heard[said.topic] = said.payload
