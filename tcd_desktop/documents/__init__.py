"""Paper: the sheet of an administrative document and the printed forms. Records in, PDF bytes out.

Nothing here imports reportlab before the first document is made, so the window starts without it.
"""
