"""Full-text indexes and what may be about the same person."""
