"""The command line, for the district's IT people and for tests: the same acts by the same services.

Messages go to stderr, answers to stdout. Exit status: 0 done, 1 refused (the user's business), 2 wrong usage,
3 our fault.
"""
