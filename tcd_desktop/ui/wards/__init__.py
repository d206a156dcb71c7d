"""The wards of a district: who has sent what, and what is late there."""
