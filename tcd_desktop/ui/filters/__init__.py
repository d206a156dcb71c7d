"""Filters above a list: a menu, removable chips, filters kept under a name."""
