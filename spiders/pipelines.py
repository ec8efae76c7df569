"""From a fetched page to the store: extract in the pool, match here, write."""

from dataclasses import replace

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from monitor.dates.settling import settle
from monitor.records import Article, Extract, Look, Response, Stamp
from monitor.revising.comparing import compare
from monitor.revising.words import page_hash
from monitor.urls import canonical, key
from spiders import reading
from spiders.items import Fetched, Found
from spiders.pool import EndedError, UnreadableError
from spiders.session import Session


class _Pipeline:
    def __init__(self, session: Session) -> None:
        self._session = session

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "_Pipeline":
        return cls(Session.of(crawler))


class ExtractionPipeline(_Pipeline):
    """A page becomes an article, or is noted not to be one."""

    async def process_item(self, item: Fetched) -> Found:
        """Raise `DropItem` where there is no article, or a known one reads as it did."""
        response, lead, writer = item.response, item.lead, self._session.writer
        try:
            extract = await self._session.pool.run(
                reading.article, response.body, response.url, response.content_type, response.fetched
            )
        except UnreadableError as error:
            if item.look:
                writer.looking.unanswered(item.look)
            else:
                self._session.unfetched(lead, error.reason)
            raise DropItem(error.reason) from error
        except EndedError as error:
            raise DropItem("the run ended") from error
        if item.look:
            return self._revised(item, item.look, extract)
        if extract.page_type == "other" and not (extract.partial and lead.title):
            writer.other(lead, "not an article", response.url)
            raise DropItem("not an article")
        return Found(article=assemble(item, extract), lead=lead, stamp=stamp(response))

    def _revised(self, item: Fetched, look: Look, extract: Extract) -> Found:
        """What became of a known article; raise `DropItem` where that is nothing, or its text is lost."""
        looking, article = self._session.writer.looking, assemble(item, extract)
        before = replace(looking.before(look), region=item.source.region)
        moved = key(item.response.url) != key(look.url)
        revision = compare(before, article, moved=moved)
        if revision and revision.body:
            revision = compare(before, article, moved=moved, furniture=looking.furniture(look))
        if revision is None:
            looking.same(look, stamp(item.response))
            raise DropItem("the text is the same")
        if not revision.body:
            looking.lost(look, revision)
            raise DropItem(revision.note)
        article = replace(article, title=revision.title)
        return Found(
            article=article, lead=item.lead, stamp=stamp(item.response), look=look, revision=revision, before=before
        )


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
            writer.store(item.article, item.lead, item.matches, lexicon=item.lexicon, stamp=item.stamp)
        return item


def stamp(response: Response) -> Stamp:
    """What a page gave to be recognised by."""
    return Stamp(
        etag=response.etag.encode("latin-1") or None, last_modified=response.last_modified.encode("latin-1") or None,
        page_hash=page_hash(response.body),
    )  # fmt: skip


def assemble(item: Fetched, extract: Extract) -> Article:
    """The article, from what its page says and what its lead said before."""
    lead, url = item.lead, item.response.url
    date = settle(extract, lead, item.response.last_modified, item.response.fetched)
    return Article(
        title=extract.title or lead.title, body=extract.body, url=url,
        canonical_url=canonical(url, extract.canonical_url), source=item.source.name, region=item.source.region,
        authors=extract.authors, published=date.published, precision=date.precision, published_from=date.origin,
        confidence=date.confidence, modified=extract.modified, language=extract.language, summary=lead.summary,
        partial=extract.partial,
    )  # fmt: skip
