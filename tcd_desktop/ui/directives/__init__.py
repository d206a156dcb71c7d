"""The desk of directives and of what has to be carried out."""
