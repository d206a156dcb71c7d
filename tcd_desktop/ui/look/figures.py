"""Figures as they are written in Vietnam."""


def grouped(number: int) -> str:
    """ "1.234.567": a dot after each three digits."""
    return f"{number:,}".replace(",", ".")
