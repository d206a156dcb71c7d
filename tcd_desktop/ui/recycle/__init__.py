"""The recycle bin, the numbers a book does not show, and the way into it."""
