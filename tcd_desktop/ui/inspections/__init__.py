"""Inspections of how an office keeps the rules."""
