"""Battery boards of the Raspberry Pi, over I2C. They carry the Pi; the stall's own pack has a shunt or a
BMS.
"""
