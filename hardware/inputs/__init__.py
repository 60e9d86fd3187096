"""Input nodes of Linux: what keyboards, keyboard scanners and touch panels say, record by record."""
