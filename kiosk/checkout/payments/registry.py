"""The payment methods of a shop, made from its settings; packages add kinds by an entry point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import cast

from kiosk.checkout.payments.method import ENTRY_POINTS, Factory, PaymentMethod
from kiosk.i18n import _

BUILT_IN = {
    "cash": "kiosk.checkout.payments.cash",
    "card": "kiosk.checkout.payments.card",
    "qr": "kiosk.checkout.payments.qr",
}
"""Kind to the module whose `make` is its factory; imported when it is asked for."""


class NoSuchMethod(LookupError):
    """The settings name a payment method that neither the till nor an installed package has."""

    def __init__(self, kind: str) -> None:
        super().__init__(
            _(
                "there is no payment method “{kind}”; sales go on with the others; install the package that "
                "brings it, or take it out of the settings"
            ).format(kind=kind)
        )


def factory(kind: str) -> Factory:
    """Return what makes a kind of method; NoSuchMethod when nobody brings it."""
    if module := BUILT_IN.get(kind):
        return cast(Factory, import_module(module).make)
    from importlib.metadata import entry_points  # 15 ms, only for a kind that is not ours

    for found in entry_points(group=ENTRY_POINTS, name=kind):
        return cast(Factory, found.load())
    raise NoSuchMethod(kind)


def methods(
    names: Sequence[str], tables: Mapping[str, Mapping[str, object]]
) -> tuple[dict[str, PaymentMethod], dict[str, str]]:
    """Return the shop's methods in the order of their keys, and by name why others cannot be used.

    Args:
        names: As listed in the settings.
        tables: What the settings say of each; `kind` says which factory, else the name does. One method that
            is set up wrongly must not close the shop, so its problem is returned beside the others.
    """
    made: dict[str, PaymentMethod] = {}
    problems: dict[str, str] = {}
    for name in names:
        table = {key: value for key, value in tables.get(name, {}).items() if key != "kind"}
        kind = str(tables.get(name, {}).get("kind", name))
        try:
            made[name] = factory(kind)(name, table)
        except (LookupError, ValueError, ImportError, OSError) as error:
            problems[name] = str(error)
    return made, problems
