"""Pages of lists of any length, and what is offered or due."""
