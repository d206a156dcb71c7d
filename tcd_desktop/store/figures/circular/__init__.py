"""The questions to the books behind the tables of TT 06/2025/TT-TTCP, a module for each kind of record."""
