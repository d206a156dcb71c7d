"""Signed bundles between offices that have no network: keys, certificates, trust, writing and reading
files.
"""
