"""The reports of an office: six tables, what does not add up, the narrative, what was sent."""
