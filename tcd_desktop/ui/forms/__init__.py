"""Fields and forms, and what is typed into them."""
