"""Reports from counting to sending."""
