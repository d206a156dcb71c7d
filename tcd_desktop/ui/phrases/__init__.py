"""Phrases (câu mẫu): the list that "/" opens while a text is typed, and the page where they are kept."""
