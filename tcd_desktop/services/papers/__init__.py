"""Papers kept with visits and cases."""
