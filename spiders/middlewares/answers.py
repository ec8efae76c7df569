"""What we do not take from a server: redirects to elsewhere than http(s), or without end, and bodies that swell."""

from urllib.parse import urlsplit

from scrapy import Request
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from spiders.reasons import Refusal


class RedirectsMiddleware(RedirectMiddleware):
    """Follows up to REDIRECT_MAX_TIMES redirects; each target passes the guard and robots.txt like any request."""

    def _engine_started(self) -> None:
        """No Referer is sent, so there is none to mend."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Raise `Refusal` for a redirect that is not followed."""
        try:
            answer = super().process_response(request, response)
        except IgnoreRequest as error:
            raise Refusal("it redirects without end", trouble="http") from error
        except ValueError as error:
            raise Refusal("it redirects to an address that cannot be read", lasting=True, trouble="http") from error
        if isinstance(answer, Request) and "@" in urlsplit(answer.url).netloc:
            raise Refusal("it redirects to an address with a user name: refused", lasting=True, trouble="http")
        if answer is response and 300 <= response.status < 400 and "Location" in response.headers:
            target = (response.headers["Location"] or b"").decode("latin-1", "replace")
            scheme = urlsplit(target).scheme or "an unknown scheme"
            raise Refusal(f"it redirects to {scheme}: refused", lasting=True, trouble="http")
        return answer


class BoundedCompressionMiddleware(HttpCompressionMiddleware):
    """Decompresses up to DOWNLOAD_MAXSIZE."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Raise `Refusal` for a body that is broken or grows too large."""
        try:
            return super().process_response(request, response)
        except IgnoreRequest as error:
            raise Refusal("the answer is too large when decompressed", lasting=True, trouble="too_large") from error
        except Exception as error:  # the decompressors each raise their own
            raise Refusal("the answer cannot be decompressed", trouble="unreadable") from error
