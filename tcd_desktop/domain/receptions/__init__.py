"""A visit (lượt tiếp) and what it brings: its rules, refusals, the receipt slip, a line of the log book."""
