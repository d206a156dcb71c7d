"""The morning screen: what is late, what is due, and what to do next."""
