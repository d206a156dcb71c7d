"""Figures counted by the database."""
