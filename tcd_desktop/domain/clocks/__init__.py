"""Days and time limits: working days, days off, periods, the law's deadlines with their reasons."""
