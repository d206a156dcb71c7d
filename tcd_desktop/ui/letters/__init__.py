"""Letters that go out: their book, the form with the paper beside it, the office's own words."""
