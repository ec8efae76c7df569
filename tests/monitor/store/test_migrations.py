"""The migrations make what the tables say."""

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from monitor.store.engine import SCHEMA
from monitor.store.tables import metadata


def test_a_migrated_database_has_the_tables_as_they_are_written(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert context.get_current_revision() == SCHEMA
        assert compare_metadata(context, metadata) == []
