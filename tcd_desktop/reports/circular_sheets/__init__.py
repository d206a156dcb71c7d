"""The report of TT 06/2025/TT-TTCP as files: tables as PDF and .xlsx in the official layout, the narrative as text."""
