"""Tables in, files out: what the program knows as books and tables that other programs open."""
