"""A newsroom on each kind of database."""

import pytest
import sqlalchemy as sa

from tests.newsroom import Newsroom


@pytest.fixture
def newsroom(engine: sa.Engine) -> Newsroom:
    """An empty one, at noon in Los Angeles."""
    return Newsroom(engine=engine)
