"""Files kept with a record, and the code on a printed paper."""
