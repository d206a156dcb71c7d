"""Removing, restoring, undoing."""
