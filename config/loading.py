"""A configuration directory, read and checked as a whole."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from config import sources, subscribers, topics
from config.checking import validate
from config.document import read
from config.errors import ConfigErrors, Finding
from config.settings import Settings, load_settings
from monitor.records import Source, Subscription, Topic

FILES = ("newswatch.yaml", "sources.yaml", "topics.yaml", "subscribers.yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What the four files say, as records."""

    settings: Settings
    sources: tuple[Source, ...]
    topics: tuple[Topic, ...]
    subscribers: tuple[Subscription, ...]


def load(directory: Path, environ: Mapping[str, str] | None = None) -> Config:
    """Read the four files of `directory`. Raises `ConfigErrors` with all that is wrong in any of them."""
    if not directory.is_dir():
        message = (
            "there is no such directory; `newswatch init DIR` makes one, --config DIR or NEWSWATCH_CONFIG names it"
        )
        raise ConfigErrors([Finding(file=str(directory), message=message)])
    settings_file, sources_file, topics_file, subscribers_file = (read(directory / name) for name in FILES)
    settings, findings = load_settings(settings_file, directory, os.environ if environ is None else environ)
    findings = list(findings)
    parsed_sources, wrong = validate(sources_file, sources.SourcesFile)
    findings += [*wrong, *sources.check(sources_file)]
    parsed_topics, wrong = validate(topics_file, topics.TopicsFile)
    findings += [*wrong, *topics.check(topics_file)]
    parsed_subscribers, wrong = validate(subscribers_file, subscribers.SubscribersFile)
    findings += [*wrong, *subscribers.check(subscribers_file, topics.known(topics_file))]
    watchlist = tuple(entry.record() for entry in parsed_topics.topics) if parsed_topics else ()
    if findings or settings is None or parsed_sources is None or parsed_topics is None or parsed_subscribers is None:
        raise ConfigErrors(findings)
    names = subscribers.topic_names(watchlist)
    return Config(
        settings=settings,
        sources=tuple(entry.record() for entry in parsed_sources.sources),
        topics=watchlist,
        subscribers=tuple(s.record(names, settings.site.time_zone) for s in parsed_subscribers.subscribers),
    )
