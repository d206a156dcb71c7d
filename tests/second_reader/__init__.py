"""A reader of bundles written from resources/help/dinh-dang-goi.md alone, with nothing of the program and none of its
libraries: Python's own hashlib, hmac and json, arithmetic for the curves, and the zstd library of the system.
"""
