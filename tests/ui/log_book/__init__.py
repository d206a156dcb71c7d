"""Printing from the list of visits: the log book, the slips of a selection."""
