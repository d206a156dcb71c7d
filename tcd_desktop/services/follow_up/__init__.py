"""Directives, reminders, reviews, inspections, the district's comparison of its wards."""
