"""Ways to pay behind one interface, and the codecs of payment QR codes."""
