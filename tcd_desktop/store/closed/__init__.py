"""What is encrypted: the folder's lock, sealed fields, files."""
