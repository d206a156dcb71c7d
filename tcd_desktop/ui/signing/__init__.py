"""Digital signatures: signing a print, examining those of a file."""
