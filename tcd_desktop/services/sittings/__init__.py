"""The head's receptions and the office's days off."""
