"""TCD Desktop: citizen reception (tiếp công dân) for offices without a network."""

__version__ = "0.1.0"
