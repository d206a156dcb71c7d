"""Before an office is open: first start, signing in, the practice district."""
