"""Printing from the list of visits: the log book of a period, the slips of a selection."""
