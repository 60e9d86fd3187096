"""From what is known to what is shown: every number of a moment, with the reason behind it."""

from __future__ import annotations

from dataclasses import replace

from kiosk.i18n import _
from kiosk.power.estimator import State, expected
from kiosk.power.free import free_w, often_w, surge_w
from kiosk.power.grade import grade
from kiosk.power.headroom import Closing, Figure, Flow, Grade, Headroom, Now, Until, Word
from kiosk.power.load import Expected
from kiosk.power.outlook import MOST_S, Outlook, energies, outlook, quantile
from kiosk.power.pack import Stall
from kiosk.power.sky import clear_day, clearness, window

LEAST_MINUTES = 29
"""Half an hour of load, less the minute that is being filled, must be known before a time is told."""
HOLDING_W = 5.0
"""Less than this, in or out, is neither draining nor charging; a time computed from it jumps to 99 days."""
SAFE, EVEN, BEST = 0.1, 0.5, 0.9
YES, LIKELY, NO = 0.9, 0.6, 0.1
"""Probabilities of reaching closing time from which it is called so."""
QUARTERS = 4


def estimate(state: State, stall: Stall, now: Now) -> Headroom:
    """Return every number of this moment."""
    letter, why = grade(state, stall, age_s(state, now))
    net = _net_w(state)
    if letter == "D" or net is None:
        return Headroom(letter, why, age_s(state, now))
    load, ways = expected(state, stall), foreseen(state, stall, now)
    mute, sky = _mute(state, stall, now), clear_sky(stall, now.wall_s)
    left = None if _guessed(letter, stall) else _left(state, stall, load, now.reserve_wh)
    counted = why if left is None else _counted(state, now.reserve_wh)
    return Headroom(
        grade=letter,
        grade_why=why,
        age_s=age_s(state, now),
        flow=flow(net),
        net_w=net,
        load_w=load.watts if load else None,
        free_w=_free(state, stall, net),
        surge_w=_surge(state, stall),
        wh_left=Figure(quantile(left, EVEN) if left else None, counted),
        wh_safe=Figure(quantile(left, SAFE) if left else None, counted),
        charge=_charge(state, why, guessed=left is None),
        until=_until(ways, load, mute),
        full_s=_full_s(state, stall, net),
        closing=_closing(ways, load, now.closing_s, mute),
        sun=window(sky, clearness(state.load.blocks), load.watts) if load and any(sky) else None,
        ways=ways,
    )


def foreseen(
    state: State, stall: Stall, now: Now, extra_w: float = 0.0, for_s: float | None = None
) -> Outlook | None:
    """Return how it may go with so many watts more at the pack (less: negative) for so long (None: for good).

    None while no time can be told.
    """
    load = expected(state, stall)
    if load is None or _mute(state, stall, now):
        return None
    sky = clear_sky(stall, now.wall_s)
    if for_s is None:
        load = replace(load, watts=max(0.0, load.watts + extra_w))
        return outlook(state, stall.pack, load, sky, now.reserve_wh)
    return outlook(state, stall.pack, load, sky, now.reserve_wh + extra_w * for_s / 3600)


def age_s(state: State, now: Now) -> float | None:
    """Return the age of the newest sample; None where there is none."""
    return None if state.last is None else max(0.0, now.t_s - state.last.t_s)


def _guessed(letter: Grade, stall: Stall) -> bool:
    """Tell whether the charge is no more than a guess, from which no minutes may be told."""
    return letter == "D" or (letter == "C" and not stall.pack.chemistry.tells)


def _left(state: State, stall: Stall, load: Expected | None, reserve_wh: float) -> list[float]:
    """Return the Wh above the reserve, as likely one as the other, rising."""
    return sorted(energies(state, stall.pack, load.watts if load else 0.0, reserve_wh))


def _net_w(state: State) -> float | None:
    """Return the watts that leave the pack: of the newest minute, or of the first sample."""
    if state.newest is not None:
        return state.newest.volts * state.newest.amps
    return None if state.last is None else state.last.net_w


def flow(net_w: float) -> Flow:
    """Say whether the pack is drained, held or charged by so many watts leaving it."""
    if abs(net_w) < HOLDING_W:
        return "holding"
    return "draining" if net_w > 0 else "charging"


def clear_sky(stall: Stall, wall_s: float | None) -> tuple[float, ...]:
    """Return a clear sky's watts for a day from now, by STEP_S; nothing without panel, place or clock."""
    if stall.site is None or wall_s is None or stall.site.panel_w <= 0:
        return ()
    return clear_day(stall.site, wall_s)


def word(probability: float) -> Word:
    """Return how a probability of reaching closing time is called."""
    if probability >= YES:
        return "yes"
    if probability >= LIKELY:
        return "likely"
    return "unlikely" if probability > NO else "no"


def _mute(state: State, stall: Stall, now: Now) -> str:
    """Return why no time can be told; "" when one can."""
    letter, why = grade(state, stall, age_s(state, now))
    net, load = _net_w(state), expected(state, stall)
    if net is None or _guessed(letter, stall):
        return why
    if load is None or load.minutes < LEAST_MINUTES:
        return _("learning the load: half an hour is needed")
    if flow(net) == "draining" or any(clear_sky(stall, now.wall_s)):
        return ""
    return _("charging") if flow(net) == "charging" else _("holding: as much comes in as goes out")


def _free(state: State, stall: Stall, net_w: float) -> Figure:
    """Return the watts that may be switched on for good."""
    often, value = often_w(state.recent), free_w(state.recent, stall, net_w)
    if value is None or often is None:
        return Figure(None, _("the inverter's limit is not known"))
    return Figure(value, _("below {watts} W for 95 % of the last ten minutes").format(watts=round(often)))


def _surge(state: State, stall: Stall) -> Figure:
    """Return the watts that a start may take."""
    value = surge_w(state.recent, stall)
    if value is None:
        return Figure(None, _("the inverter's limit is not known"))
    return Figure(value, _("above the highest draw of the last minute"))


def _counted(state: State, reserve_wh: float) -> str:
    """Say what the Wh left come from."""
    belief = state.belief
    text = _("{usable} Ah usable, {left} left; {reserve} Wh kept back")
    return text.format(usable=round(belief.usable), left=round(belief.left), reserve=round(reserve_wh))


def _charge(state: State, why: str, *, guessed: bool) -> Figure:
    """Return the part of a charge that is left; of a guess only the quarter it lies in."""
    share = min(1.0, max(0.0, state.belief.left / state.belief.usable))
    return Figure(round(share * QUARTERS) / QUARTERS if guessed else share, why)


def _until(ways: Outlook | None, load: Expected | None, mute: str) -> Until:
    """Return how long it lasts."""
    if ways is None or load is None:
        return Until(why=mute)
    text = _("{watts} W expected, the mean of {minutes} minutes")
    text = text.format(watts=round(load.watts), minutes=load.minutes)
    return Until(ways.lasts(SAFE), ways.lasts(EVEN), ways.lasts(BEST), text)


def _full_s(state: State, stall: Stall, net_w: float) -> float | None:
    """Return the seconds until the pack is full at the pace of now, while it charges."""
    if flow(net_w) != "charging":
        return None
    missing_wh = max(0.0, state.belief.usable - state.belief.left) * stall.pack.nominal_v
    return min(MOST_S, missing_wh / -net_w * 3600)


def _closing(ways: Outlook | None, load: Expected | None, closing_s: float | None, mute: str) -> Closing:
    """Return whether it lasts until closing time, and what is missing for a yes."""
    if closing_s is None:
        return Closing(why=_("no closing time"))
    if ways is None or load is None:
        return Closing(why=mute)
    probability = ways.reaches(closing_s)
    missing = max(0.0, closing_s - ways.lasts(SAFE)) / 3600 * load.watts
    text = _("{part} of 100 ways it may go last until then").format(part=round(100 * probability))
    return Closing(probability, word(probability), missing, text)
