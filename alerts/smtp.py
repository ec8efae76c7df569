"""Mail over SMTP: one connection, kept for many mails, with a time-out for every wait."""

import base64
import contextlib
import re
import smtplib
import socket
import ssl
import time
from collections.abc import Callable
from typing import Literal

from alerts.transports import Reply
from monitor.store.outbox import Mail

TIMEOUT = 60.0
"""Seconds to wait for any answer …"""
DOT_TIMEOUT = 600.0
"""… but for the one to the final dot (RFC 5321 4.5.3.2.6)."""
MAILS = 100
"""Mails on one connection; many servers allow no more."""
_PAUSES = (0.2, 1.0)
"""Seconds before a connection that did not come about is tried again."""
_NO_LOGIN = {530, 534, 535, 538}
"""The server's quarrel is with us, not with the mail."""


class SmtpTransport:
    """Hands mails to one SMTP server. `security`: smtp (plain), smtps (TLS at once), smtp+starttls (TLS or nothing)."""

    def __init__(
        self,
        host: str,
        port: int,
        *,
        security: Literal["smtp", "smtps", "smtp+starttls"] | str = "smtp",
        user: str = "",
        password: str = "",
        timeout: float = TIMEOUT,
        dot_timeout: float = DOT_TIMEOUT,
        watch: Callable[[str], None] | None = None,
    ) -> None:
        self.host, self.port, self.security = host, port, security
        self._user, self._password = user, password
        self._timeout, self._dot_timeout = timeout, dot_timeout
        self._watch = watch or (lambda _line: None)
        self._smtp: smtplib.SMTP | None = None
        self._mails = 0

    def deliver(self, mail: Mail) -> Reply:
        """Hand over a mail; open a connection first where there is none."""
        if self._mails >= MAILS:
            self.close()
        smtp = self._smtp
        if smtp is None:
            connected = self._connect()
            if isinstance(connected, Reply):
                return connected
            smtp = self._smtp = connected
        self._mails += 1
        reply = _hand_over(smtp, mail, self._dot_timeout, self._watch)
        if reply.code in {0, 421}:
            self._drop()
        elif reply.outcome != "sent":
            self._reset(smtp)
        return reply

    def close(self) -> None:
        """Say goodbye, if there is a connection."""
        if self._smtp is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self._smtp.sock.settimeout(5)  # type: ignore[union-attr]
                self._smtp.quit()
        self._drop()

    def _connect(self) -> smtplib.SMTP | Reply:
        for pause in (*_PAUSES, None):
            reply = Reply(outcome="refused", text="no connection")
            try:
                return self._greet()
            except smtplib.SMTPResponseException as error:
                reply = Reply(outcome="refused", code=error.smtp_code, text=_text(error.smtp_error))
                if error.smtp_code in _NO_LOGIN:
                    return reply
            except (smtplib.SMTPException, OSError) as error:
                reply = Reply(outcome="refused", text=f"{self.host}:{self.port}: {_reason(error)}")
                if isinstance(error, ssl.SSLError | socket.gaierror | smtplib.SMTPNotSupportedError):
                    return reply
            if pause is not None:
                time.sleep(pause)
        return reply

    def _greet(self) -> smtplib.SMTP:
        """Connect, secure the connection, log in. Raises what smtplib, ssl and the sockets raise."""
        name = _own_name()
        if self.security == "smtps":
            context = ssl.create_default_context()
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, name, timeout=self._timeout, context=context)
        else:
            smtp = smtplib.SMTP(self.host, self.port, name, timeout=self._timeout)
        try:
            self._watch(f"connected to {self.host}:{self.port}")
            smtp.ehlo_or_helo_if_needed()
            self._watch(f"EHLO {name}: {_text(smtp.ehlo_resp or smtp.helo_resp or b'')}")
            if self.security == "smtp+starttls":
                if not smtp.has_extn("starttls"):
                    raise smtplib.SMTPNotSupportedError("it offers no STARTTLS, and nothing goes out without")
                code, text = smtp.starttls(context=ssl.create_default_context())
                self._watch(f"STARTTLS: {code} {_text(text)}")
                smtp.ehlo_or_helo_if_needed()
            if self._user:
                code, text = self._log_in(smtp)
                self._watch(f"login as {self._user}: {code} {_text(text)}")
        except BaseException:
            smtp.close()
            raise
        self._mails = 0
        return smtp

    def _log_in(self, smtp: smtplib.SMTP) -> tuple[int, bytes]:
        """By smtplib; it knows ASCII alone, so anything else goes by PLAIN in UTF-8 (RFC 4616)."""
        if self._user.isascii() and self._password.isascii():
            return smtp.login(self._user, self._password)
        smtp.ehlo_or_helo_if_needed()
        if "PLAIN" not in smtp.esmtp_features.get("auth", "").upper().split():
            raise smtplib.SMTPNotSupportedError("the server offers no AUTH PLAIN, which a password beyond ASCII needs")
        secret = base64.b64encode(f"\0{self._user}\0{self._password}".encode()).decode()
        code, text = smtp.docmd("AUTH", f"PLAIN {secret}")
        if code != 235:
            raise smtplib.SMTPAuthenticationError(code, text)
        return code, text

    def _reset(self, smtp: smtplib.SMTP) -> None:
        try:
            smtp.rset()
        except (smtplib.SMTPException, OSError):
            self._drop()

    def _drop(self) -> None:
        if self._smtp is not None:
            with contextlib.suppress(OSError):
                self._smtp.close()
        self._smtp, self._mails = None, 0


def _hand_over(smtp: smtplib.SMTP, mail: Mail, dot_timeout: float, watch: Callable[[str], None]) -> Reply:
    """MAIL, RCPT, DATA and the message; the answer that decided."""
    given = False
    size = f" SIZE={len(mail.message)}" if smtp.has_extn("size") else ""
    try:
        for command in (f"MAIL FROM:<{mail.sender}>{size}", f"RCPT TO:<{mail.recipient}>", "DATA"):
            code, text = smtp.docmd(command)
            watch(f"{command}: {code} {_text(text)}")
            if code != 354 if command == "DATA" else code not in {250, 251}:
                return _answer(code, _text(text))
        given = True
        code, text = _send(smtp, mail.message, dot_timeout)
        watch(f"the message: {code} {_text(text)}")
        return _answer(code, _text(text))
    except smtplib.SMTPResponseException as error:
        return _answer(error.smtp_code, _text(error.smtp_error))
    except (smtplib.SMTPException, OSError, ValueError) as error:
        return Reply(outcome="unknown" if given else "temporary", text=_reason(error))


def _send(smtp: smtplib.SMTP, message: bytes, dot_timeout: float) -> tuple[int, bytes]:
    """Send the message, its dots doubled, and the final one; wait for the answer."""
    if message.startswith(b".") or b"\n." in message:
        message = re.sub(rb"(?m)^\.", b"..", message)
    smtp.send(message + b".\r\n")
    sock = smtp.sock
    assert sock is not None
    before = sock.gettimeout()
    sock.settimeout(dot_timeout)
    try:
        return smtp.getreply()
    finally:
        if smtp.sock is not None:
            smtp.sock.settimeout(before)


def _answer(code: int, text: str) -> Reply:
    if 200 <= code < 300:
        return Reply(outcome="sent", code=code, text=text)
    if code in _NO_LOGIN:
        return Reply(outcome="refused", code=code, text=text)
    return Reply(outcome="failed" if 500 <= code < 600 else "temporary", code=code, text=text)


def _reason(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not to be trusted: {error.verify_message}"
    return str(error) or type(error).__name__


def _text(answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _own_name() -> str:
    """The name to greet with; asking the network for a better one may take many seconds."""
    name = socket.gethostname()
    return name if "." in name else "localhost.localdomain"
