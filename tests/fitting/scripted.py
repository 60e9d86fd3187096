"""Somebody who answers a walk as they were told to and does things with their hands, and a shop's devices."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hardware.simulated.stall import SimulatedStall
from kiosk.fitting.draft import Draft
from kiosk.fitting.walk import route, walk

ENGLISH = re.compile(r"\b(the|is|not|of|and|must|does|are|no|such|this|that|with|on|off|cannot|to)\b")
"""Words without which there is hardly an English sentence, and which are no German ones."""


@dataclass
class Scripted:
    """Answers by the beginning of a question, and does something when told to."""

    answers: dict[str, str] = field(default_factory=dict)
    deeds: dict[str, Callable[[], object]] = field(default_factory=dict)
    present: bool = True
    said: list[str] = field(default_factory=list)
    size: tuple[int, int] = (100, 30)
    acting: list[threading.Thread] = field(default_factory=list)

    def tell(self, words: str) -> None:
        self.said.append(words)
        for start, deed in self.deeds.items():
            if words.startswith(start):
                self._act(deed)

    def choose(self, question: str, options: Sequence[str], usual: str) -> str:
        self.said.append(question)
        answer = self.answer(question, usual)
        assert answer in options, (question, answer, options)
        return answer

    def write(self, question: str, usual: str) -> str:
        self.said.append(question)
        return self.answer(question, usual)

    def answer(self, question: str, usual: str) -> str:
        return next((word for start, word in self.answers.items() if question.startswith(start)), usual)

    def point(self, x: float, y: float, words: str) -> tuple[float, float]:
        self.said.append(words)
        touch = self.deeds.get(f"point {x:g} {y:g}")
        if touch is not None:
            self._act(touch)
        return x, y

    def forget(self) -> None:
        self.said.append("(forgets what was typed)")

    def _act(self, deed: Callable[[], object]) -> None:
        """In a thread of its own, as a hand does, while the walk goes on to listen; one thing at a time."""
        before = self.acting[-1:]

        def act() -> None:
            for hand in before:
                hand.join()
            deed()

        self.acting.append(threading.Thread(target=act, daemon=True))
        self.acting[-1].start()


def connect(shop: Path, stall: SimulatedStall, *names: str, **more: str | int) -> Draft:
    """Write the stall's devices into the shop's settings."""
    tables = stall.devices()
    draft = Draft(shop)
    for name in names:
        table = tables[name]
        role, _, kind = str(table["kind"]).partition("-")
        keys = {
            "role": role,
            **{key: value for key, value in table.items() if key not in {"host", "port"}},
            "kind": kind,
        }
        if name == "printer":
            keys = {"kind": "tcp", "address": f"{table['host']}:{table['port']}"}
        elif name == "scanner":
            keys = {"kind": "tcp", "address": str(table["port"]).removeprefix("socket://")}
        draft.put(f"devices.{name}", {**keys, **more})  # type: ignore[dict-item]
    draft.save()
    return Draft(shop)


def when_heard(stall: SimulatedStall, device: str, deed: Callable[[], object]) -> Callable[[], None]:
    """Do something as soon as somebody listens to a device: the second to come, the first only looked."""

    def act() -> None:
        pause = threading.Event()
        while stall.do("status")[device]["visits"] < 2:  # type: ignore[index,operator]
            pause.wait(0.01)
        deed()

    return act


def go(draft: Draft, person: Scripted) -> list[str]:
    walk(draft, person, route(draft.settings, ()))
    for hand in person.acting:
        hand.join(1)
    return person.said
