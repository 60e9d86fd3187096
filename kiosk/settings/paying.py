"""Reads `[payments]` and a table for each method that needs one: how customers may pay.

Only the shape is checked here, because a till must start quickly. Whether an IBAN or a key is right is for
the method's own code to say: at the station's start, in `kiosk doctor`, and each time a payment code is made.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from kiosk.i18n import _
from kiosk.settings.section import Section

NEEDS_TABLE = {"qr": "scheme"}
"""Methods that cannot work without a table of their own, and the key it must have."""
METHOD_NAME = re.compile("[a-z][a-z0-9_-]{0,23}")

Tables = Mapping[str, Mapping[str, object]]


def payments(root: Section) -> tuple[tuple[str, ...], Tables]:
    """Return the methods in the order of their keys, and what the file says of each."""
    section = root.section("payments")
    listed = section.texts("methods", ("cash", "card"), count=9, most=24)
    good = listed and len(set(listed)) == len(listed) and all(METHOD_NAME.fullmatch(name) for name in listed)
    if not good:
        section.wrong("methods", _("each once, such as {example}").format(example='["cash", "card", "qr"]'))
    tables = {name: _table(section.section(name)) for name in listed if name in section}
    for name in listed:
        table = tables.get(name, {})
        key = NEEDS_TABLE.get(str(table.get("kind", name)))
        if key and not table.get(key):
            words = _("is missing: a customer cannot pay by {method} without it")
            section.findings.add(f"payments.{name}.{key}", None, words.format(method=name))
    _name_strangers(section, listed)
    return listed, tables


def _table(section: Section) -> dict[str, object]:
    """Return a method's own table; its values are texts, whole numbers, true or false, or tables of texts."""
    found = {}
    for key in section.names():
        value = section.raw(key)
        if not isinstance(value, (str, int, Mapping)):
            section.wrong(key, _("a text"))
        found[key] = value
    return found


def _name_strangers(section: Section, listed: tuple[str, ...]) -> None:
    """Note tables of methods that are not offered: somebody filled them in and forgot the list."""
    for key in section.names():
        if key not in (*listed, "methods"):
            section.findings.add(
                f"payments.{key}",
                None,
                _("is not among the methods: add it to payments.methods, or take it out"),
            )
