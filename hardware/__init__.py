"""The wires: one device family a folder. Knows neither the product nor its screen.

Begin with `device`, what every device is (opened, run, closed), `supervisor`, which keeps one alive, and
`registry`, which makes one from its settings. Then read one family whole: `scale/` is the smallest.

A family is a codec that is pure (bytes in, values out, no clock), a device that has a thread, and a factory
that reads its settings (`options`). What they share: `wire/` asks and answers under a deadline, `port` only
listens and `lines` cuts what it hears (`linereader`), `inputs/` are the kernel's input nodes, `hotplug`
hears that something was plugged in. `simulated/` has a twin of every device on the same wire, and a stall
of them.
"""
