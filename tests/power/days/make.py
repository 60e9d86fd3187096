"""Makes days like those beside it: cells in PyBaMM, a stall's load, a panel under clouds from pvlib.

    python -m venv /tmp/v; /tmp/v/bin/pip install pybamm pvlib
    /tmp/v/bin/python tests/power/days/make.py --into /tmp/more full half sun

The day with a metered heater is from here. Some 10 s a day. Only this script needs them; it shares no code
with what is tested. Parameter sets: Prada2013 (LFP), Chen2020 (NMC); single-particle model with electrolyte,
drawn by power in steps of ten seconds, wiring as contact resistance, cells in parallel as a real number. What
the stall is not told stands under `truth_`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pvlib
import pybamm

STEP_S = 10
START_H = 9
PLACE = (52.0, 5.0)
DATE, ZONE = "2026-04-20", "Europe/Amsterdam"


@dataclass(frozen=True)
class Cells:
    """A pack of 600 Wh."""

    parameters: str
    series: int
    cell_ah: float
    pack_ah: float
    cutoff_v: float


CELLS = {"lfp": Cells("Prada2013", 4, 2.3, 46.875, 10.8), "nmc": Cells("Chen2020", 3, 5.0, 55.096, 9.0)}
DAYS = {  # name: cells, seed, state of charge at the start (None: drawn), panel watts, metered heater
    "full": ("lfp", 51, 1.0, 0, False),
    "most": ("lfp", 42, 0.87, 0, False),
    "half": ("lfp", 43, 0.66, 0, False),
    "late": ("lfp", 48, 0.76, 0, False),
    "nmc": ("nmc", 44, 0.84, 0, False),
    "sun": ("lfp", 45, 0.8, 200, False),
    "cloud": ("lfp", 46, 0.9, 200, False),
    "heater": ("lfp", 47, 1.0, 0, True),
}


def load(dice: np.random.Generator, hours: float, heater: bool) -> pd.DataFrame:
    """A stall's day: watts behind the inverter and at the battery, and a heater on its own outlet."""
    count = int(hours * 3600 / STEP_S)
    t_s = (np.arange(count) + 0.5) * STEP_S
    hour = START_H + t_s / 3600
    ac = np.where((hour < 9.5) | (hour > 16.5), 30.0, 20.0) + 2.3  # lights, reader, printer's idle draw
    sales = np.interp(hour, [9, 10, 12, 13, 15, 17, 17.5], [6, 12, 28, 34, 18, 10, 0]) * dice.uniform(
        0.7, 1.3
    )
    for i in np.nonzero(dice.random(count) < sales * STEP_S / 3600)[0]:
        ac[i] += dice.uniform(40, 60) * dice.uniform(2, 5) / STEP_S  # the printer's burst
    on, at = bool(dice.random() < 0.35), -dice.uniform(0, 400)
    while at < t_s[-1]:  # the fridge
        lasts = (420 if on else 780) * dice.uniform(0.8, 1.2)
        ac[(t_s >= at) & (t_s < at + lasts)] += 48 * on
        at, on = at + lasts, not on
    at = dice.exponential(2400)
    while at < min(t_s[-1], 8.6 * 3600):  # demonstrations
        ac[(t_s >= at) & (t_s < at + dice.uniform(40, 240))] += dice.uniform(60, 110)
        at += dice.exponential(2400)
    ac *= dice.uniform(0.75, 1.25)
    heating = np.zeros(count, dtype=bool)
    if heater:
        heating = ((t_s > 1200) & (t_s < 3000)) | (t_s > dice.uniform(2, 3) * 3600)
    heater_w = np.where(heating, 60 * dice.normal(1, 0.05, count), 0.0)
    ac = ac + heater_w
    dc = (14.7 + 2 * (dice.random(count) < 0.05)) / 0.92  # Pi and router
    return pd.DataFrame(
        {
            "t_s": t_s,
            "load_w": dc + 6 + 1.05 * ac + 2e-4 * ac**2,
            "ac_w": ac,
            "heater_on": heating,
            "heater_w": heater_w,
        }
    )


def sun(dice: np.random.Generator, t_s: np.ndarray, panel_w: float) -> tuple[np.ndarray, np.ndarray]:
    """A panel leaning 30 degrees to the south: clear sky, and what passing clouds leave of it."""
    times = pd.Timestamp(f"{DATE} {START_H:02}:00", tz=ZONE) + pd.to_timedelta(t_s, unit="s")
    place = pvlib.location.Location(*PLACE).get_solarposition(times)
    ghi = pvlib.clearsky.haurwitz(place["apparent_zenith"])["ghi"]
    split = pvlib.irradiance.erbs(ghi, place["apparent_zenith"], times)
    plane = pvlib.irradiance.get_total_irradiance(
        30, 180, place["apparent_zenith"], place["azimuth"], split["dni"], ghi, split["dhi"]
    )
    clear = plane["poa_global"].fillna(0).to_numpy() / 1000 * panel_w * 0.76
    base, passing, weather, kept = dice.uniform(0.4, 0.9), dice.normal(), dice.normal(), []
    for _ in t_s:
        passing = passing * math.exp(-STEP_S / 240) + dice.normal() * math.sqrt(
            1 - math.exp(-2 * STEP_S / 240)
        )
        weather = weather * math.exp(-STEP_S / 5400) + dice.normal() * math.sqrt(
            1 - math.exp(-2 * STEP_S / 5400)
        )
        kept.append(min(1.05, max(0.1, base + 0.12 * passing + 0.15 * weather)))
    return clear, clear * np.array(kept)


def drain(cells: Cells, watts: np.ndarray, charge: float, factor: float, wiring: float) -> pybamm.Solution:
    """Draw watts from the pack until it is empty, full or the day is over."""
    parallel = cells.pack_ah * factor / cells.cell_ah
    edges = np.repeat(np.arange(len(watts)) * float(STEP_S), 2)
    edges[1::2] += STEP_S - 0.01
    parameters = pybamm.ParameterValues(cells.parameters)
    power = pybamm.Interpolant(edges, np.repeat(watts / cells.series / parallel, 2), pybamm.t)
    parameters.update(
        {
            "Power function [W]": power,
            "Contact resistance [Ohm]": wiring / cells.series * parallel,
            "Lower voltage cut-off [V]": cells.cutoff_v / cells.series,
        },
        check_already_exists=False,
    )
    if cells.parameters == "Prada2013":
        parameters["Upper voltage cut-off [V]"] = 3.65
    model = pybamm.lithium_ion.SPMe({"operating mode": "power", "contact resistance": "true"})
    solver = pybamm.IDAKLUSolver(rtol=1e-5, atol=1e-6)
    return pybamm.Simulation(model, parameter_values=parameters, solver=solver).solve(
        edges, initial_soc=charge
    )


def make(name: str, folder: Path) -> None:
    """Make one day and write it."""
    kind, seed, charge, panel_w, heater = DAYS[name]
    cells, dice = CELLS[kind], np.random.default_rng(seed)
    factor, wiring = dice.uniform(0.85, 1.05), dice.uniform(0.008, 0.035)
    day = load(dice, 18 if panel_w else 13, heater)
    t_s = day["t_s"].to_numpy()
    clear, bright = sun(dice, t_s, panel_w) if panel_w else (np.zeros(len(t_s)), np.zeros(len(t_s)))
    solution = drain(cells, day["load_w"].to_numpy() - bright, charge, factor, wiring)
    end_s = float(solution.t[-1])
    volts = solution["Voltage [V]"](t_s[t_s < end_s]) * cells.series
    amps = solution["Current [A]"](t_s[t_s < end_s]) * cells.pack_ah * factor / cells.cell_ah
    over = "horizon" if "event" not in solution.termination else "full" if amps[-1] < 0 else "cut-off"
    head = {
        "chemistry": kind, "series_cells": cells.series, "nameplate_wh": 600, "nameplate_ah": cells.pack_ah,
        "cutoff_v": cells.cutoff_v, "solar_panel_w": panel_w, "start_local": f"{START_H:02}:00", "date": DATE,
        "latitude": PLACE[0], "longitude": PLACE[1], "ended": over, "truth_t_end_s": end_s,
        "truth_capacity_factor": factor, "truth_soc0": charge, "truth_wiring_ohm": wiring,
    }  # fmt: skip
    columns = {"t_s": "%d", "voltage_v": "%.3f", "current_a": "%.3f", "solar_w": "%.1f", "ac_w": "%.1f"}
    if heater:
        columns |= {"heater_on": "%d", "heater_w": "%.1f"}
    rows = day[: len(volts)].assign(voltage_v=volts, current_a=amps, solar_w=bright[: len(volts)])
    text = [f"# {json.dumps(head)}", ",".join(columns)]
    text += [",".join(form % row[key] for key, form in columns.items()) for _, row in rows.iterrows()]
    with gzip.GzipFile(folder / f"{name}.csv.gz", "wb", mtime=0) as file:
        file.write(("\n".join(text) + "\n").encode())
    print(f"{name}: {over} after {end_s / 3600:.2f} h from {charge}, clear sky {clear.sum() / 360:.0f} Wh")


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("days", nargs="*", default=list(DAYS), metavar="DAY", help=", ".join(DAYS))
    asked.add_argument("--into", type=Path, default=Path(__file__).parent)
    args = asked.parse_args()
    for day_name in args.days:
        make(day_name, args.into)
