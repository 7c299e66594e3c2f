"""This module turns numbers into what a reader sees: text, a bar, an interval on a log scale.

It computes no evidence: intervals and ratios come finished from the core, and are only rounded and placed here.
"""

from __future__ import annotations

import math
from typing import Final

from kg.measures import Difference, Interval, Ratio
from kg.web.markup import Html, element, joined

SCALE_LOW: Final = 0.01
SCALE_HIGH: Final = 100.0
SCALE_TICKS: Final = (0.01, 0.1, 0.5, 1, 2, 5, 10, 100)
LARGE_TOTAL: Final = 100  # below it a percentage has no decimals: 1 of 23 is four points


def rounded(value: float, *, limit: bool = False) -> str:
    """Two significant digits; a limit of an interval never rounds onto 1, where its meaning turns over.

    >>> rounded(7.5), rounded(29.3), rounded(0.2857), rounded(116.4), rounded(2.0)
    ('7.5', '29', '0.29', '116', '2.0')
    >>> rounded(0.9979, limit=True), rounded(0.9979), rounded(1.004, limit=True)
    ('0.998', '1.0', '1.004')
    """
    for digits in range(2, 8):
        text = _significant(value, digits)
        if not limit or value == 1 or float(text) != 1:
            return text
    return text


def _significant(value: float, digits: int) -> str:
    if value == 0:
        return "0"
    magnitude = math.floor(math.log10(abs(value)))
    if float(f"{value:.{digits - 1}e}") >= 10 ** (magnitude + 1):
        magnitude += 1
    return f"{value:.{max(digits - 1 - magnitude, 0)}f}"


def percent(proportion: float, total: int) -> str:
    """A proportion of 1 as a percentage, without decimals below 100 patients.

    >>> percent(15 / 23, 23), percent(0.4567, 1200)
    ('65%', '45.7%')
    """
    return f"{100 * proportion:.0f}%" if total < LARGE_TOTAL else f"{100 * proportion:.1f}%"


def percent_limits(interval: Interval) -> str:
    """Limits of a proportion as whole percentages.

    >>> percent_limits(Interval(0.449, 0.812))
    '45–81'
    """
    return f"{100 * interval.low:.0f}–{100 * interval.high:.0f}"


def ratio_limits(ratio: Ratio) -> str:
    """The limits of a ratio, rounded so that neither falls onto 1 by rounding.

    >>> ratio_limits(Ratio(1.8, 0.9979, 3.2))
    '0.998–3.2'
    """
    return f"{rounded(ratio.low, limit=True)}–{rounded(ratio.high, limit=True)}"


def ratio_text(ratio: Ratio) -> str:
    """A ratio with its limits, and † where 0.5 was added to all four cells.

    >>> ratio_text(Ratio(5.0, 0.2534, 98.7, True))
    '5.0 (0.25–99)†'
    """
    return f"{rounded(ratio.estimate)} ({ratio_limits(ratio)}){'†' if ratio.corrected else ''}"


def points(difference: Difference) -> str:
    """A difference of proportions in percentage points.

    >>> points(Difference(0.5652, 0.29, 0.741))
    '57 points (29 to 74)'
    """
    estimate, low, high = (_signed(100 * value) for value in (difference.estimate, difference.low, difference.high))
    return f"{estimate} points ({low} to {high})"


def _signed(value: float) -> str:
    return f"{value:.0f}".replace("-", "−")


def probability(p: float) -> str:
    """A p value: two digits, three below 0.1, never a bare zero.

    >>> probability(0.0748), probability(0.00001), probability(0.523)
    ('0.075', '<0.001', '0.52')
    """
    if p < 0.001:
        return "<0.001"
    return f"{p:.3f}" if p < 0.1 else f"{p:.2f}"


def effect_text(effect: Difference) -> str:
    """A standardised difference with its limits.

    >>> effect_text(Difference(1.37, 0.728, 2.01))
    '1.37 (0.73–2.01)'
    """
    return f"{effect.estimate:.2f} ({effect.low:.2f}–{effect.high:.2f})".replace("-", "−")


def bar(proportion: float, interval: Interval, side: str) -> Html:
    """A bar of 0 to 100 % with the interval as the darkest ink; hidden from readers of text, who have the numbers."""
    fill = element("span", class_="fill", style=f"width:{100 * proportion:.1f}%")
    width = 100 * (interval.high - interval.low)
    limits = element("span", class_="limits", style=f"left:{100 * interval.low:.1f}%;width:{width:.1f}%")
    return element("span", fill, limits, class_=f"bar {side}", aria_hidden="true")


def scale_position(value: float) -> float:
    """Where a ratio stands between 0.01 (0) and 100 (100), on a log scale.

    >>> scale_position(1), scale_position(0.001), scale_position(10)
    (50.0, 0.0, 75.0)
    """
    span = math.log10(SCALE_HIGH) - math.log10(SCALE_LOW)
    return 100 * (math.log10(min(max(value, SCALE_LOW), SCALE_HIGH)) - math.log10(SCALE_LOW)) / span


def interval_plot(ratio: Ratio, side: str) -> Html:
    """A ratio and its interval on the log scale; an arrow head where the interval runs past an end of the scale."""
    low, high = scale_position(ratio.low), scale_position(ratio.high)
    marks = [
        element("span", class_="one"),
        element("span", class_="limits", style=f"left:{low:.1f}%;width:{max(high - low, 0.5):.1f}%"),
        element("span", class_="clipped low") if ratio.low < SCALE_LOW else None,
        element("span", class_="clipped high") if ratio.high > SCALE_HIGH else None,
        element("span", class_="point", style=f"left:{scale_position(ratio.estimate):.1f}%"),
    ]
    return element("span", joined(marks), class_=f"plot {side}", aria_hidden="true")


def scale() -> Html:
    """The ends and the middle of the log scale, as wide as the plot."""
    ticks = (element("span", tick) for tick in (".01", "1", "100"))
    return element("span", *ticks, class_="scale", aria_hidden="true")


def scale_header() -> Html:
    """The scale as the head of its column."""
    return joined(element("span", "LR+ on a scale from 0.01 to 100", class_="visually-hidden"), scale())
