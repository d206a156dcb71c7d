"""The six tables of TT 06/2025/TT-TTCP as data, their figures counted from the books, and the rules they must keep."""
