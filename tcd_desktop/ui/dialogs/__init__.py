"""Small dialogs over a page, and acts that ask for a few values first."""
