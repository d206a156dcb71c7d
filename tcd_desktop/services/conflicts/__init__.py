"""What PCs that worked apart leave to people: two values of a field, removal beside change, numbers given twice."""
