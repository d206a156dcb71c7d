"""The wards of a district."""
