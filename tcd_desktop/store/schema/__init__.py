"""Tables, migrations, rows."""
