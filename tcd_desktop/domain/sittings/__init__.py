"""The head's own receptions (lịch tiếp công dân của lãnh đạo): plan, duty, course."""
