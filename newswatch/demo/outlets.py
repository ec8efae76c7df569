"""The demo's four invented news outlets."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """One invented outlet: what it is called, and how its pages and its ways in are made."""

    key: str
    name: str
    tagline: str
    region: tuple[str, ...]
    time_zone: str
    way: Literal["rss", "atom", "sitemap", "pages"]
    dates: Literal["json-ld", "meta", "time"]
    """Where an article's page says when it was published."""
    dated_paths: bool = False
    """Whether an article's address holds its date."""
    accent: str = "#333"


LEDGER = Outlet(
    key="ledger",
    name="The Delta Ledger",
    tagline="Stockton and the towns around it",
    region=("Stockton", "San Joaquin County", "California"),
    time_zone="America/Los_Angeles",
    way="rss",
    dates="json-ld",
    dated_paths=True,
    accent="#7a1f1f",
)
LANTERN = Outlet(
    key="lantern",
    name="San Joaquin Lantern",
    tagline="The county, twice a week",
    region=("San Joaquin County", "California"),
    time_zone="America/Los_Angeles",
    way="sitemap",
    dates="meta",
    accent="#22577a",
)
BEACON = Outlet(
    key="beacon",
    name="Inland Beacon",
    tagline="San Bernardino, Redlands, Highland",
    region=("San Bernardino", "San Bernardino County", "California"),
    time_zone="America/Los_Angeles",
    way="atom",
    dates="json-ld",
    accent="#8a5a00",
)
POST = Outlet(
    key="post",
    name="Patapsco Post",
    tagline="News from the water side of Baltimore",
    region=("Baltimore", "Maryland"),
    time_zone="America/New_York",
    way="pages",
    dates="time",
    accent="#2d4739",
)
OUTLETS = (LEDGER, LANTERN, BEACON, POST)
DARK_IN_ROUND_TWO = BEACON
