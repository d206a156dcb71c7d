"""One database, one door: engine, tables, migrations, units of work, pages, search, journal."""
