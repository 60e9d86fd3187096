"""What power is left, how sure that is, and until when it lasts: pure rules, no clock, no wire, no screen."""
