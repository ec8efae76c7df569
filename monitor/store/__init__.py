"""The store: tables, migrations, and one file a noun. SQLite and PostgreSQL alike.

A statement that each article needs is built once, as a constant: building one takes longer than to execute it.
"""
