"""From the settings to a mail's outside: whose mail it is, and the way it leaves by."""

from email.utils import parseaddr
from typing import TYPE_CHECKING

from alerts import tokens
from alerts.channels import ChannelTransport
from alerts.dkim_signing import Signer, load
from alerts.messages import Letterhead
from alerts.subscriptions import address
from alerts.transports import Transport, open_transport
from alerts.webhooks import WebhookTransport
from monitor.addresses import AddressGuard
from newswatch.context import Context

if TYPE_CHECKING:
    from config.settings import Settings


def letterhead(context: Context) -> Letterhead:
    """Whose mail it is; the signing keys are made when there are none."""
    settings = context.config.settings
    return Letterhead(
        site=settings.site.name,
        sender=in_ascii(settings.mail.sender),
        bounces=in_ascii(settings.mail.bounces),
        keys=tokens.load_keys(settings.keys_file),
        url=settings.site.url,
        dkim=signer(settings),
    )


def signer(settings: "Settings") -> Signer | None:
    """What signs mails by DKIM, where mail.dkim names a key. Raises `DkimError`."""
    sender = in_ascii(settings.mail.sender)
    domain = parseaddr(sender)[1].rpartition("@")[2]
    return load(settings.dkim_key_file, settings.mail.dkim.selector, domain) if settings.mail.dkim.selector else None


def in_ascii(sender: str) -> str:
    """An address, with or without a name, with its domain as DNS has it: servers know no other letters."""
    bare = parseaddr(sender)[1]
    return sender if sender.isascii() or bare.isascii() else sender.replace(bare, address(bare))


def transport(context: Context) -> Transport:
    """The way out that mail.transport names."""
    mail = context.config.settings.mail
    return open_transport(mail.transport, password=mail.password)


def channels(context: Context) -> Transport:
    """The way out for what goes to channels."""
    settings = context.config.settings
    guard = AddressGuard(settings.crawl.allow_networks)
    return ChannelTransport(WebhookTransport(tokens.load_keys(settings.keys_file), guard, context.clock))
