"""Vietnamese text: comparing, sorting, spelling, encodings of former days."""
