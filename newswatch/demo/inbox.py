"""An SMTP server on loopback that keeps every message it gets as an .eml and an .html file."""

import asyncio
import email
import email.policy
import re
import threading
from dataclasses import dataclass
from email.message import EmailMessage, MIMEPart
from pathlib import Path
from typing import Any, Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One message that arrived, and where its files lie."""

    recipient: str
    message: EmailMessage
    eml: Path
    html: Path | None

    @property
    def text(self) -> str:
        """The message's plain text."""
        part = self.message.get_body(("plain",))
        return _content(part) if part else ""


class Inbox:
    """Listens on a free port of 127.0.0.1 and writes to `folder` until `close`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.received: list[Received] = []
        folder.mkdir(parents=True, exist_ok=True)
        self._loop = asyncio.new_event_loop()
        self._server = self._loop.run_until_complete(self._listen())
        self.host, self.port = self._server.sockets[0].getsockname()[:2]
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    async def _listen(self) -> asyncio.Server:
        from aiosmtpd.smtp import SMTP

        def protocol() -> Any:
            return SMTP(self, hostname="localhost", enable_SMTPUTF8=True, loop=self._loop)

        return await self._loop.create_server(protocol, "127.0.0.1", 0)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 (aiosmtpd's name)
        """Keep one message; called by aiosmtpd."""
        for recipient in envelope.rcpt_tos:
            self._keep(str(recipient), bytes(envelope.content))
        return "250 Kept"

    def _keep(self, recipient: str, content: bytes) -> None:
        message = email.message_from_bytes(content, policy=email.policy.default)
        stem = f"{len(self.received) + 1:02d}-{re.sub(r'[^a-z0-9]+', '-', recipient.lower().split('@')[0])}"
        eml = self.folder / f"{stem}.eml"
        eml.write_bytes(content)
        html = None
        if part := message.get_body(("html",)):
            html = self.folder / f"{stem}.html"
            html.write_text(_content(part), encoding="utf-8")
        self.received.append(Received(recipient=recipient, message=message, eml=eml, html=html))

    def close(self) -> None:
        """Stop listening."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _content(part: MIMEPart) -> str:
    return str(part.get_content()).replace("\r\n", "\n")
