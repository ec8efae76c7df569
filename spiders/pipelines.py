"""From a fetched page to the store: extract in the pool, match here, write."""

from dataclasses import replace

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from monitor.dates.settling import settle
from monitor.health.troubles import Trouble
from monitor.records import Article, Extract, Lead, Look, Source, Stamp, Way
from monitor.revising.comparing import compare
from monitor.revising.words import page_hash
from monitor.urls import canonical, key
from spiders import reading
from spiders.items import Fetched, Found, Unread
from spiders.pool import EndedError, UnreadableError
from spiders.session import Session

_WALLS: dict[str, Trouble] = {
    "bot wall": "bot_wall",
    "consent wall": "consent_wall",
    "JavaScript only": "javascript",
    "no text": "no_text",
}
"""What hides a story wholly, by `Extract.partial`. (Its own constants would bring the extractors into this process.)"""

_STORIES: frozenset[Way] = frozenset({"feed", "sitemap"})
"""Where an outlet lists its stories: what stands there with a title is one, if a film or pictures."""


class _Pipeline:
    def __init__(self, session: Session) -> None:
        self._session = session

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "_Pipeline":
        return cls(Session.of(crawler))


class ExtractionPipeline(_Pipeline):
    """A page becomes an article, or is noted not to be one."""

    async def process_item(self, item: Fetched | Unread) -> Found:
        """Raise `DropItem` where there is no article, or a known one reads as it did."""
        if isinstance(item, Unread):
            return Found(article=told(item.source, item.lead, item.reason), lead=item.lead, lasting=item.final)
        response, lead, writer = item.response, item.lead, self._session.writer
        try:
            extract = await self._session.pool.run(
                reading.article, response.body, response.url, response.content_type, response.fetched
            )
        except UnreadableError as error:
            if item.look:
                writer.looking.unanswered(item.look)
                raise DropItem(error.reason) from error
            return self._unread(item, error.reason, error.trouble)
        except EndedError as error:
            raise DropItem("the run ended") from error
        if item.look:
            return self._revised(item, item.look, extract)
        if extract.partial in _WALLS:
            return self._unread(item, extract.partial, _WALLS[extract.partial], extract)
        if extract.page_type == "other" and not (extract.partial and lead.title):
            if lead.title and lead.way in _STORIES:
                return self._unread(item, "no story on its page", "no_text")
            writer.paged(item.source.name, "no_text")
            writer.other(lead, "not an article", response.url)
            raise DropItem("not an article")
        writer.paged(item.source.name, "paywall" if extract.partial else "")
        return Found(article=assemble(item, extract), lead=lead, stamp=stamp(item))

    def _unread(self, item: Fetched, reason: str, trouble: Trouble, extract: Extract | None = None) -> Found:
        """What is known of an article whose page shows none; raise `DropItem` where that is to be tried again first."""
        lasting = trouble in ("javascript", "consent_wall")
        lead = item.lead
        if extract and trouble == "javascript":  # what any other wall says is its own, not the story's
            lead = replace(lead, title=lead.title or extract.title, summary=_together(lead.summary, extract.summary))
        for unread in self._session.unread(item.source, lead, reason, trouble, final=lasting):
            return Found(article=told(unread.source, unread.lead, reason), lead=item.lead, lasting=unread.final)
        raise DropItem(reason)

    def _revised(self, item: Fetched, look: Look, extract: Extract) -> Found:
        """What became of a known article; raise `DropItem` where that is nothing, or its text is lost."""
        looking, article = self._session.writer.looking, assemble(item, extract)
        before = replace(looking.before(look), region=item.source.region)
        wall = _WALLS.get(extract.partial)
        if wall == "bot_wall" or (before.partial and (wall or extract.page_type == "other")):
            looking.unanswered(look)
            raise DropItem(extract.partial or "not an article")
        moved = key(item.response.url) != key(look.url)
        revision = compare(before, article, moved=moved)
        if revision and revision.body:
            revision = compare(before, article, moved=moved, furniture=looking.furniture(look))
        if revision is None:
            looking.same(look, stamp(item))
            raise DropItem("the text is the same")
        if not revision.body:
            looking.lost(look, revision)
            raise DropItem(revision.note)
        article = replace(article, title=revision.title)
        return Found(article=article, lead=item.lead, stamp=stamp(item), look=look, revision=revision, before=before)


class MatchingPipeline(_Pipeline):
    """Finds the topics that an article is about."""

    async def process_item(self, item: Found) -> Found:
        """Leaves the item as it is where there are no topics."""
        if not self._session.plan.topics:
            return item
        matcher = await self._session.matcher()
        before = tuple(matcher.match(item.before)) if item.before else ()
        return replace(item, matches=tuple(matcher.match(item.article)), matches_before=before, lexicon=matcher.lexicon)


class StoragePipeline(_Pipeline):
    """Hands an article and its matches to the writer, in one transaction."""

    def process_item(self, item: Found) -> Found:
        """Store it."""
        writer = self._session.writer
        if item.look and item.revision:
            writer.looking.revised(
                item.look, item.article, item.revision, item.stamp, found=item.matches,
                found_before=item.matches_before, lexicon=item.lexicon,
            )  # fmt: skip
        else:
            writer.store(
                item.article, item.lead, item.matches, lexicon=item.lexicon, stamp=item.stamp, lasting=item.lasting
            )
        return item


def stamp(item: Fetched) -> Stamp:
    """What a page gave to be recognised by: what scripts fill may change while the page itself stays the same."""
    response = item.response
    if item.source.js:
        return Stamp(page_hash=page_hash(response.body))
    return Stamp(
        etag=response.etag.encode("latin-1") or None, last_modified=response.last_modified.encode("latin-1") or None,
        page_hash=page_hash(response.body),
    )  # fmt: skip


def assemble(item: Fetched, extract: Extract) -> Article:
    """The article, from what its page says and what its lead said before."""
    lead, url = item.lead, item.response.url
    date = settle(extract, lead, item.response.last_modified, item.response.fetched)
    summary = lead.summary or extract.summary
    title = extract.title if extract.page_type == "article" else lead.title  # what no article is has a site's title
    return Article(
        title=title or extract.title or lead.title, url=url, summary=summary,
        body=_together(extract.body, _together(lead.summary, extract.summary)) if extract.partial else extract.body,
        canonical_url=canonical(url, extract.canonical_url), source=item.source.name, region=item.source.region,
        authors=extract.authors, published=date.published, precision=date.precision, published_from=date.origin,
        confidence=date.confidence, modified=extract.modified, language=extract.language,
        partial=extract.partial,
    )  # fmt: skip


def told(source: Source, lead: Lead, reason: str) -> Article:
    """The article as far as its lead tells it: a title and a summary."""
    url, date = str(lead.url), settle(Extract(), lead)
    return Article(
        title=lead.title, body=lead.summary, summary=lead.summary, url=url, canonical_url=canonical(url, ""),
        source=source.name, region=source.region, published=date.published, precision=date.precision,
        published_from=date.origin, confidence=date.confidence, partial=reason,
    )  # fmt: skip


def _together(text: str, more: str) -> str:
    """A text, and another one beneath it unless it says the same."""
    said, says = (" ".join(words.casefold().split()).rstrip(".… ") for words in (text, more))
    if not says or says in said:
        return text
    return more if said in says else f"{text}\n{more}"
