"""Program updates (bản cập nhật chương trình) that come on a stick, signed by the office above; and the way back."""
