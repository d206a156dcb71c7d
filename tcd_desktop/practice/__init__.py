"""The practice district: the real wards of Hai Bà Trưng in 2020 and invented people, the same for a seed."""
