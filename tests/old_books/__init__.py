"""Files of old books."""
