"""Papers kept with visits and cases: list, preview, adding by drop, paste, dialog and scanner folder."""
