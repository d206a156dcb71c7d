"""Lists of any length with their inspector, columns and export."""
