"""Smart outlets on the local network: they meter, switch and protect. None of them needs an account."""
