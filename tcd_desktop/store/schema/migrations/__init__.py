"""The schema's history: frozen steps, oldest first. A released step is never edited."""
