"""The old book comes in and goes out again."""
