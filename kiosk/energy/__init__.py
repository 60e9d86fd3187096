"""Energy as business data: what demonstrations took, what a sale takes, and how the parts of the kit age."""
