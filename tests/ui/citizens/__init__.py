"""The desk of citizens."""
