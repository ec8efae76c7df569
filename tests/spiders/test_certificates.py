"""Certificates are verified, by the crawl and by the preflight."""

import datetime as dt
import ssl

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from monitor.records import Source
from spiders import preflight
from spiders.plan import CrawlPlan


@pytest.fixture
def self_signed(tmp_path):
    """What wraps a server's socket in TLS with a certificate that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + dt.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return lambda plain: context.wrap_socket(plain, server_side=True, do_handshake_on_connect=False)


def test_a_certificate_that_nobody_vouches_for_is_not_taken(new_site, run, self_signed):
    site = new_site(wrap=self_signed, scheme="https")
    source = Source(name="Record", home=site.base, feeds=(site.base + "/rss",), sitemaps=(), sections=())
    report = run(source)
    assert report.sources[0].state == "failed"
    assert "TLS" in report.sources[0].reason
    assert site.asked == []


def test_the_preflight_takes_it_no_more_than_the_crawl(new_site, self_signed, tmp_path):
    from monitor.clock import Clock
    from monitor.store.engine import open_store
    from monitor.store.writer import Writer

    site = new_site(wrap=self_signed, scheme="https")
    source = Source(name="Record", home=site.base, feeds=(site.base + "/rss",), sitemaps=(), sections=())
    store = f"sqlite:///{tmp_path}/store.db"
    engine = open_store(store)
    writer = Writer(engine, Clock(), dt.timedelta(days=3))
    writer.polled(source, site.base + "/rss", [], etag=b'"1"')
    writer.keep_robots(site.base, b"", 200)
    writer.close()
    engine.dispose()
    ahead = preflight.look(CrawlPlan(store=store, sources=(source,), allow_networks=("127.0.0.0/8",)))
    assert ahead.rest.sources == (source,)
    assert ahead.report.requests == 1
    assert site.asked == []
