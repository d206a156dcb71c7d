"""Devices that read cards: a scanner on a serial port, pictures with codes in them, a camera. No window here."""
