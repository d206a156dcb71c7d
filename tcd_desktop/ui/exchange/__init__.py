"""The exchange desk: a ward joins, sends and reads receipts; a district previews, imports and answers."""
