"""The petition book: its list, the form of a petition, its page."""
