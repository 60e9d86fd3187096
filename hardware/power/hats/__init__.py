"""Battery boards of the Raspberry Pi, over I2C. They carry the Pi; a stall's own pack has a shunt or a BMS.

Begin with `hat`, which reads any of them through bursts of bus errors, and `registers`, what one sends.
`gauges`, `ina219`, `pijuice`, `pisugar`, `waveshare_e` and `boards` decode one family each, `factory` makes
one.
"""
