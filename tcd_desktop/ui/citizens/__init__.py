"""The desk of citizens: who came when, corrected, merged and parted."""
