"""Waiting for a reader that knows by itself whether the money came: it is asked until it answers.

The dialogue closes by itself on an answer. Going back cancels on the reader first, which may say that the
money came in that very moment. No answer is neither: the seller may wait on, or leave the payment open.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.checkout.payments import stored
from kiosk.checkout.payments.pending import pause_s
from kiosk.checkout.tender import Attempt
from kiosk.i18n import _, money
from kiosk.tui.screens.booking import REFUSALS
from kiosk.tui.screens.payment import PaymentDialogue, Verdict
from kiosk.tui.text import clean
from kiosk.tui.widgets.touchkey import TouchKey

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from textual.await_complete import AwaitComplete

    from kiosk.checkout.payments.method import Instruction, PolledMethod, Request


class ReaderDialogue(PaymentDialogue):
    """Amount and words of the reader; the seller can only cancel, or leave it open."""

    def __init__(
        self, method: PolledMethod, request: Request, instruction: Instruction, *, may_split: bool
    ) -> None:
        """Wait for the reader's answer to `request`, which was begun."""
        super().__init__(method.label, request, instruction, may_split=may_split)
        self.method = method
        self.attempt = Attempt(request.attempt, method.name, request.amount)
        self._stirred = asyncio.Event()
        """Set when the seller wants something else than to wait."""
        self._cancelling = False
        self._splitting = False
        self._left = False
        """Whether it was answered: what the reader says from then on is late."""
        self._verdict: Verdict | None = None
        """The answer, while something else such as the help stands before this."""

    def on_mount(self) -> None:
        """Begin to ask."""
        self.work_on(self._watch(), "watch")

    def on_screen_resume(self) -> None:
        """Back in front: the reader may have answered meanwhile."""
        if self._verdict is not None:
            self.dismiss(self._verdict)

    def keys(self) -> list[TouchKey]:
        """The reader says whether it is paid; the seller can cancel, or not wait for it."""
        keys = [
            TouchKey("cancel", _("cancel"), hint="Esc", span=2, enabled=not self._cancelling),
            TouchKey("open", _("leave open"), hint="F6", hue="warn"),
        ]
        return keys + self.more_keys()

    def key_f5(self) -> None:
        """Whether it is paid is the reader's to say."""

    def do_back(self) -> None:
        """Cancel on the reader; it may be too late for that."""
        if not self._cancelling:
            self._cancelling = True
            self._stirred.set()
            self.say(_("Cancelling…"))
            self.show_state()

    def split(self) -> None:
        """Cancel this one on the reader, then ask for less."""
        self._splitting = True
        self.do_back()

    async def _watch(self) -> None:
        """Ask, wait, ask again, until there is an answer or the seller has had enough."""
        while True:
            cancelling, self._cancelling = self._cancelling, False
            words = await self._ask(stored.give_up if cancelling else stored.ask)
            state = self.attempt.state
            if self._left:
                if state == "confirmed":
                    self.app.say_in_front(self._late_words(), "warn")
                return
            if not self.stands:
                return  # the till is being closed
            if state not in {"pending", "unknown"}:
                split = self._splitting and state != "confirmed"
                self._close(Verdict("part" if split else "answered", self.attempt, words))
                return
            if cancelling and state == "unknown":
                self._close(Verdict("answered", self.attempt, words))
                return
            if words:
                self.say(words, "bad" if state == "unknown" else "note")
            self.show_state()
            await self._pause()

    def _close(self, verdict: Verdict) -> None:
        """Close with an answer, as soon as this is in front; not at all when the seller has left."""
        if self.is_active:
            self.dismiss(verdict)
        else:
            self._verdict = verdict

    async def _ask(self, step: Callable[..., tuple[Attempt, str]]) -> str:
        """Ask the reader, or cancel on it, aside; return its words. A full disk is no answer either."""
        future = self.station.aside(step, self.method, self.request, self.attempt)
        try:
            self.attempt, words = await asyncio.wrap_future(future)
        except asyncio.CancelledError:
            future.add_done_callback(self._told_late(asyncio.get_running_loop()))
            raise
        except REFUSALS as refused:
            self.attempt = replace(self.attempt, state="unknown")
            return str(refused)
        return words

    def dismiss(self, result: Verdict | None = None) -> AwaitComplete:
        """Close, and ask no more."""
        self._left = self._left or self.is_active
        return super().dismiss(result)

    def _late_words(self) -> str:
        """What to say of money that came after this was left."""
        size = money(self.request.amount, self.request.currency)
        words = _("{label} {amount} was paid after all. Look at it before you take more.")
        return words.format(label=clean(self.method.label), amount=size)

    def _told_late(self, loop: asyncio.AbstractEventLoop) -> Callable[[Future[tuple[Attempt, str]]], None]:
        """What hears an answer that comes when this is gone: that money came is said wherever one is."""
        app, said = self.app, self._late_words()

        def heard(answer: Future[tuple[Attempt, str]]) -> None:
            if answer.cancelled() or answer.exception() or answer.result()[0].state != "confirmed":
                return
            with suppress(RuntimeError):  # the till has closed meanwhile
                loop.call_soon_threadsafe(app.say_in_front, said, "warn")

        return heard

    async def _pause(self) -> None:
        """Wait before the next question, or until the seller wants something."""
        if not self._cancelling:
            self._stirred.clear()
            try:
                await asyncio.wait_for(self._stirred.wait(), pause_s(self.attempt))
            except TimeoutError:
                return
