"""The wizard for the old book."""
