"""Reports of TT 06/2025/TT-TTCP: periods, counting rules, what is typed and what was sent."""
