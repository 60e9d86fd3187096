"""The wires: one device family a folder. Knows neither the product nor its screen."""
