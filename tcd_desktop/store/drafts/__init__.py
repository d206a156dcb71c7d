"""What is typed and not saved yet, with its papers; never exchanged."""
