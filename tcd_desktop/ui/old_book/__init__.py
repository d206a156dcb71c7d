"""Starting in the middle of a year: the wizard for the old book, earlier imports, opening figures."""
