"""The register of parts: who added, tested and swapped what, and when a part is due to be swapped."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.checkout.rights import Approval, NotAllowed, Right
from kiosk.energy import components, wear
from kiosk.energy.components import BadComponent, Component, Measured, NoSuchComponent
from kiosk.energy.wear import Figures, Label
from tests.checkout.books.stall import Stall

PACK = Component("PACK-1", "pack", "used", label_mah=48_000, label_mwh=600_000)
SPARE = replace(PACK, id="PACK-2", state="spare")


def registered(stall: Stall) -> None:
    components.add(stall.ledger, PACK, stall.sam)
    components.add(stall.ledger, SPARE, stall.sam, "bought 2026")


def journal(stall: Stall) -> list[str]:
    return [kind for (kind,) in stall.ledger.rows("SELECT type FROM journal WHERE type LIKE 'component.%'")]


def test_a_swap_puts_one_in_and_the_other_out_and_keeps_who_and_why(stall: Stall) -> None:
    registered(stall)
    components.test(stall.ledger, "PACK-1", Measured(mwh=410_000, mah=33_000), stall.mia, "at the hub")
    components.swap(stall.ledger, "PACK-1", "PACK-2", stall.mia, "gives too little")
    used = components.used_at(stall.ledger, "pack")
    assert used is not None and used.id == "PACK-2"
    assert [part.id for part in components.in_use(stall.ledger)] == ["PACK-2"]
    acts = components.acts(stall.ledger, "PACK-1")
    assert [(act.what, act.person, act.note) for act in acts] == [
        ("added", "Sam", ""),
        ("tested", "Mia", "at the hub"),
        ("taken out", "Mia", "gives too little"),
    ]
    assert acts[1].measured == Measured(mwh=410_000, mah=33_000)
    assert [act.what for act in components.acts(stall.ledger)][-2:] == ["taken out", "put in"]
    assert journal(stall) == ["component.added"] * 2 + ["component.tested", "component.swapped"]


def test_a_part_that_is_done_with_comes_back_no_more(stall: Stall) -> None:
    registered(stall)
    components.swap(stall.ledger, "PACK-1", "PACK-2", stall.mia, retire=True)
    with pytest.raises(BadComponent, match="no spare pack"):
        components.swap(stall.ledger, "PACK-2", "PACK-1", stall.mia)


def test_an_outlet_in_use_stands_where_its_device_does(stall: Stall) -> None:
    components.add(stall.ledger, Component("PLUG-1", "outlet", "used", "blender"), stall.sam)
    components.add(stall.ledger, Component("PLUG-2", "outlet"), stall.sam)
    components.swap(stall.ledger, "PLUG-1", "PLUG-2", stall.mia)
    used = components.used_at(stall.ledger, "outlet", "blender")
    assert used is not None and used.id == "PLUG-2"
    assert components.one(stall.ledger, "PLUG-1").place == ""


BAD = (
    replace(PACK, id=""),
    replace(PACK, id="P 1"),
    replace(PACK, id="P" * 25),
    replace(PACK, id="PACK-1"),
    replace(PACK, id="PACK-3"),
    replace(SPARE, id="S", label_mah=0),
    replace(SPARE, id="S", kind="flux"),
    Component("PLUG", "outlet", "used"),
    replace(SPARE, id="S", place="blender"),
)


@pytest.mark.parametrize("part", BAD, ids=range(len(BAD)))
def test_what_cannot_be_is_refused_and_nothing_changes(stall: Stall, part: Component) -> None:
    registered(stall)
    with pytest.raises(BadComponent):
        components.add(stall.ledger, part, stall.sam)
    assert len(components.every(stall.ledger)) == 2
    assert len(journal(stall)) == 2


def test_swaps_and_tests_that_cannot_be_are_refused(stall: Stall) -> None:
    registered(stall)
    components.add(stall.ledger, Component("INV-1", "inverter"), stall.sam)
    ledger, mia = stall.ledger, stall.mia
    for out, back in (("PACK-2", "PACK-1"), ("PACK-1", "PACK-1"), ("PACK-1", "INV-1")):
        with pytest.raises(BadComponent):
            components.swap(ledger, out, back, mia)
    with pytest.raises(NoSuchComponent, match="nothing was changed"):
        components.swap(ledger, "PACK-1", "GONE", mia)
    for measured in (Measured(), Measured(mwh=-1), Measured(mwh=10**10)):
        with pytest.raises(BadComponent):
            components.test(ledger, "PACK-1", measured, mia)
    with pytest.raises(BadComponent, match="80"):
        components.test(ledger, "PACK-1", Measured(mwh=1), mia, "x" * 81)
    assert len(journal(stall)) == 3


def test_sellers_test_and_swap_and_only_supervisors_add(stall: Stall) -> None:
    with pytest.raises(NotAllowed):
        components.add(stall.ledger, PACK, stall.mia)
    lent = Approval(stall.sam, Right.SETTINGS)
    components.add(stall.ledger, PACK, stall.mia, approvals=(lent,))
    nobody = replace(stall.mia, rights=frozenset())
    with pytest.raises(NotAllowed):
        components.test(stall.ledger, "PACK-1", Measured(mwh=1), nobody)
    with pytest.raises(NotAllowed):
        components.swap(stall.ledger, "PACK-1", "PACK-2", nobody)


def test_what_was_done_is_never_changed(stall: Stall) -> None:
    registered(stall)
    for sql in ("UPDATE component_act SET note = 'x'", "DELETE FROM component_act"):
        with pytest.raises(Exception, match="never"):
            stall.ledger.execute(sql)


LABEL = Label(48.0, 600.0, 0.020)


@pytest.mark.parametrize(
    ("figures", "flags"),
    [
        (Figures(), ()),
        (Figures(usable_ah=36.0), ()),
        (Figures(usable_ah=35.9), ("capacity",)),
        (Figures(usable_wh=449.0), ("capacity",)),
        (Figures(usable_ah=41.0, usable_wh=300.0), ()),
        (Figures(ohm=0.0399), ()),
        (Figures(ohm=0.040), ("resistance",)),
        (Figures(usable_ah=30.0, ohm=0.05), ("capacity", "resistance")),
    ],
)
def test_a_part_is_flagged_below_three_quarters_or_at_twice_the_resistance(
    figures: Figures, flags: tuple[str, ...]
) -> None:
    assert wear.flags(figures, LABEL) == flags
    assert wear.flags(figures, Label()) == (), "without a label nothing is known against it"
