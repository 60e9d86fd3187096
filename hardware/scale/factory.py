"""Scales from their settings, one function a kind. All take ``address``, ``baud`` and ``frame``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from hardware.options import BadOptions, Options
from hardware.scale import cas, generic, sma, toledo8217
from hardware.scale.language import Language
from hardware.scale.scale import Scale
from hardware.wire.address import wire_to
from hardware.wire.serial import FRAMES, Frame


def toledo(name: str, table: Mapping[str, object]) -> Scale:
    """``decimals`` (3) that a weight in kilograms has on this scale."""
    options = Options(name, table)
    return _scale(name, options, toledo8217.language(options.number("decimals", 3, 1, 4)))


def sma_scale(name: str, table: Mapping[str, object]) -> Scale:
    """``dialect``: sma (default) or nci."""
    options = Options(name, table)
    return _scale(
        name, options, sma.SMA if options.choice("dialect", "sma", ("sma", "nci")) == "sma" else sma.NCI
    )


def cas_scale(name: str, table: Mapping[str, object]) -> Scale:
    """``mode``, as its menu is set: ecr (default) or w."""
    options = Options(name, table)
    return _scale(name, options, cas.ECR if options.choice("mode", "ecr", ("ecr", "w")) == "ecr" else cas.W)


def generic_scale(name: str, table: Mapping[str, object]) -> Scale:
    """``request``, ``pattern`` with a group ``weight``, and ``divisor`` (1, 10, 100 or 1000) to kilograms."""
    options = Options(name, table)
    request, pattern = options.text("request"), options.text("pattern")
    divisor = options.number("divisor", 1, 1, 1000)
    try:
        language = generic.language(request, pattern or "(?P<weight>)", divisor)
    except (generic.BadPattern, UnicodeEncodeError) as error:
        raise BadOptions(name, [f"pattern: {error}"]) from error
    if divisor not in generic.DIVISORS:
        raise BadOptions(name, [f"divisor: {divisor}, must be one of 1, 10, 100, 1000"])
    return _scale(name, options, language)


def _scale(name: str, options: Options, language: Language) -> Scale:
    """The scale on its wire, with the shared options read and everything checked."""
    address = options.text("address")
    baud = options.number("baud", language.baud, 300, 115200)
    frame = cast("Frame", options.choice("frame", language.frame, FRAMES))
    options.done()
    try:
        wire = wire_to(address, baud, frame)
    except ValueError as error:
        raise BadOptions(name, [f"address: {error}"]) from error
    return Scale(name, wire, replace(language, baud=baud))
