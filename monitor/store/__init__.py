"""The store: tables, migrations, and one file a noun. SQLite and PostgreSQL alike."""
