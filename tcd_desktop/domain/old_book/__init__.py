"""The old reception book, read cell by cell (nhập sổ cũ), and what it carries over."""
