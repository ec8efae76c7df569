"""The store's history, an Alembic revision a file."""
