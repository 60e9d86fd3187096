"""What the seller asks the gauge: put in any thread, answered in the gauge's own, where the numbers are."""

from __future__ import annotations

import queue
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING

from kiosk.i18n import _

if TYPE_CHECKING:
    from kiosk.power.view import PowerView
    from kiosk.power.whatif import WhatIf


class NothingKnown(LookupError):
    """There are no numbers of the power yet."""

    def __init__(self) -> None:
        super().__init__(_("Nothing is known of the power yet."))


class Questions:
    """Those that wait."""

    def __init__(self) -> None:
        """Nobody asks anything."""
        self._waiting: queue.SimpleQueue[tuple[WhatIf, Future[PowerView]]] = queue.SimpleQueue()

    def ask(self, question: WhatIf) -> Future[PowerView]:
        """Any thread: put a question."""
        answer: Future[PowerView] = Future()
        self._waiting.put((question, answer))
        return answer

    def answer(self, suppose: Callable[[WhatIf], PowerView]) -> None:
        """Answer all that wait. Of several the screen needs the last one only, and each is cheap."""
        while True:
            try:
                question, answer = self._waiting.get_nowait()
            except queue.Empty:
                return
            try:
                answer.set_result(suppose(question))
            except LookupError as error:
                answer.set_exception(error)
