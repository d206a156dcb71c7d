"""The exchange desk."""
