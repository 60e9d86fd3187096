"""What comes and goes within five minutes, a demonstration or a receipt, and how much of it is to come.

There are one or two in an hour, and so few say little: with one more or less an hour's mean is 5 % beside the
day's. So what was seen is weighed with what stalls draw so on the mean.
"""

from __future__ import annotations

from collections.abc import Sequence

BURST_MINUTES = 5
"""What lasts as long was no burst: a cool box runs for seven."""
USUAL = 0.07
"""Bursts as a part of the rest of the load, before any were seen. A demonstration every 40 minutes, of 85 W
for two and a half, and the receipts are 9 %; some stalls have none."""
USUAL_H = 1.0
"""Hours that this weighs; less where more was seen: who grinds coffee all day will not stop."""


def bursts(minutes: Sequence[float]) -> list[float]:
    """Return the watts of each minute that came and went; at the end it shows later what stays.

    Stays what some five minutes around it never went below: an opening, as one says of pictures.
    """
    lows = [min(minutes[max(0, i - BURST_MINUTES + 1) : i + 1]) for i in range(len(minutes))]
    return [watts - max(lows[i : i + BURST_MINUTES]) for i, watts in enumerate(minutes)]


def to_come(seen_w: float, hours: float, lasting_w: float) -> tuple[float, float]:
    """Return the mean of the bursts to come and its doubt, watts, after so many hours beside what lasts.

    In doubt (1 sd) is all that is supposed: there may be none, or twice as many.
    """
    usual_w = USUAL * lasting_w
    weight_h = USUAL_H * min(1.0, usual_w / seen_w) if seen_w > 0 else USUAL_H
    supposed = weight_h / (weight_h + hours)
    return supposed * usual_w + (1 - supposed) * seen_w, supposed * usual_w
