"""The review of crowded, complex and long-running cases."""
