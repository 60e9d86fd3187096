"""Power sources and meters."""
