"""Lock boards of a pickup cabinet: codecs, the rules of pulsing, and the cabinet that keeps them."""
