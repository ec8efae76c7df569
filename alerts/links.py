"""The addresses of the subscribers' own pages, after the site's address; a token in each says whose page it is."""

from collections.abc import Sequence

from alerts import tokens


def leave(keys: Sequence[str], subscription_id: int) -> str:
    """The page that ends a subscription; the link never expires."""
    return f"/unsubscribe/{tokens.sign(keys, tokens.UNSUBSCRIBE, subscription_id)}"


def decline(keys: Sequence[str], consent_id: int) -> str:
    """The page that says "it was not me", at the place where every mail's way to leave is."""
    return f"/unsubscribe/{tokens.sign(keys, tokens.DECLINE, consent_id)}"


def confirm(keys: Sequence[str], consent_id: int) -> str:
    """The page that makes a wish come true."""
    return f"/confirm/{tokens.sign(keys, tokens.CONFIRM, consent_id)}"


def preferences(keys: Sequence[str], subscription_id: int) -> str:
    """The page of a subscription's settings."""
    return f"/preferences/{tokens.sign(keys, tokens.PREFERENCES, subscription_id)}"
