"""The customer's own screen: another program, which shows what the till says and nothing else."""
