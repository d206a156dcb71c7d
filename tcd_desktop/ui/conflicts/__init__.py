"""What PCs that worked apart leave to a person: the list, the two values beside each other, the strip on a record."""
