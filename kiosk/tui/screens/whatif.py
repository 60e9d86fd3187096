"""What if: the same picture as it would be. Nothing is switched here; the outlets' keys only think it.

Each change is a question to the gauge; what it answers is shown. The question is forgotten on leaving.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.i18n import _
from kiosk.power.whatif import WhatIf, may_flip, names
from kiosk.tui.commands import bindings
from kiosk.tui.screens.booking import REFUSALS
from kiosk.tui.screens.powerlook import PowerLook

if TYPE_CHECKING:
    from kiosk.power.view import OutletSeen, PowerView

STEP_MIN, MOST_MIN = 30, 12 * 60
MOST_W = 3680
"""What a wall outlet is built for."""


class WhatIfScreen(PowerLook):
    """What would be."""

    PLACE = "whatif"
    BINDINGS = bindings("whatif")

    question = WhatIf()
    answer: PowerView | None = None
    """The gauge's; None until it has answered."""

    @property
    def view(self) -> PowerView | None:
        """How it would be; without a question, how it is."""
        return self.answer if self.question != WhatIf() else self.station.headroom

    def headline(self, _view: PowerView | None, /) -> tuple[str, str]:
        """The question in words."""
        words = ", ".join(self._words())
        if not words:
            return _("What if?"), _("touch an outlet, or choose below; nothing is switched")
        return _("What if?"), words + self._difference()

    def _difference(self) -> str:
        """How the safe end moves; nothing where it cannot be told, or stays."""
        now, then = self.station.headroom, self.answer
        if now is None or then is None:
            return ""
        before_s, after_s = now.headroom.until.safe_s, then.headroom.until.safe_s
        if before_s is None or after_s is None or self.clock(before_s) == self.clock(after_s):
            return ""
        words = _(": until {then} instead of {now}")
        return words.format(then=self.clock(after_s), now=self.clock(before_s))

    def hue(self, one: OutletSeen) -> str:
        """What is thought differently has a colour of its own."""
        return "plum" if one.name in self.question.flipped else super().hue(one)

    def _words(self) -> list[str]:
        asked, now = self.question, self.station.headroom
        words = [
            _("{name} on").format(name=name) if on else _("{name} off").format(name=name)
            for name, on in (names(asked, now.outlets) if now is not None else ())
        ]
        if asked.more_w:
            words.append(_("{watts} W more").format(watts=round(asked.more_w)))
        if asked.later_min:
            later = _("closing {n} min later") if asked.later_min > 0 else _("closing {n} min earlier")
            words.append(later.format(n=abs(asked.later_min)))
        return words if asked.sun else [*words, _("without sun")]

    def can(self, name: str, /) -> bool:
        """What there is to think away."""
        if name == "as_it_is":
            return self.question != WhatIf()
        if name in {"earlier", "later"}:
            return self.station.headroom is not None and self.station.headroom.closing_s is not None
        if name == "no_sun":
            power = self.station.settings.power
            return power is not None and power.stall.site is not None
        return super().can(name)

    def turn(self, name: str, /) -> None:
        """Think an outlet's switch the other way round."""
        now = self.station.headroom
        one = next((one for one in now.outlets if one.name == name), None) if now is not None else None
        if one is None:
            return
        if may_flip(one):
            self._ask(self.question.flip(name))
        elif one.on and one.load_class == 0:
            self.refuse(_("{name} keeps the till alive and stays on.").format(name=name))
        else:
            self.refuse(_("It is not known what {name} draws.").format(name=name))

    def do_earlier(self) -> None:
        """Close earlier."""
        self._close_later(-STEP_MIN)

    def do_later(self) -> None:
        """Close later."""
        self._close_later(STEP_MIN)

    def _close_later(self, minutes: int) -> None:
        later = max(-MOST_MIN, min(MOST_MIN, self.question.later_min + minutes))
        self._ask(replace(self.question, later_min=later))

    def do_no_sun(self) -> None:
        """Without the sun, or with it again."""
        self._ask(replace(self.question, sun=not self.question.sun))

    async def do_more(self) -> None:
        """One more appliance."""
        from kiosk.tui.screens.prompts import NumberDialogue

        words = _("What is written on it; 0 takes it away.")
        watts = await self.ask(NumberDialogue(_("How many watts?"), unit="W", words=words, check=_too_much))
        if watts is not None:
            self._ask(replace(self.question, more_w=float(watts)))

    def do_as_it_is(self) -> None:
        """Forget the question."""
        self._ask(WhatIf())

    def _ask(self, question: WhatIf) -> None:
        self.question = question
        self.show_state()
        self.work_on(self._answered(question), f"what if {question}")

    async def _answered(self, question: WhatIf) -> None:
        """Show the gauge's answer, unless another question was put meanwhile."""
        try:
            view = await asyncio.wrap_future(self.station.what_if(question))
        except REFUSALS as refused:
            self.refuse(str(refused))
            return
        if question == self.question:
            self.answer = view
            self.show_state()


def _too_much(watts: int) -> str:
    return _("At most {watts} W.").format(watts=MOST_W) if watts > MOST_W else ""
