"""Which addresses may be connected to."""

import pytest

from monitor.addresses import AddressGuard


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.0.0.2", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1",
        "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "2001:db8::1",
        "::ffff:127.0.0.2", "::ffff:7f00:2", "64:ff9b::7f00:2", "2002:7f00:2::1", "::127.0.0.1",
        "2001:0:7f00:2::1", "not an address", "",
    ],
)  # fmt: skip
def test_an_address_that_is_not_on_the_open_internet_is_refused(address):
    assert not AddressGuard().permits(address)


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "2606:2800:21f:cb07::1", "::ffff:93.184.215.14", "64:ff9b::5db8:d70e"]
)
def test_a_global_address_is_permitted(address):
    assert AddressGuard().permits(address)


def test_the_operator_may_name_networks():
    guard = AddressGuard(["127.0.0.1/32", "fd00::/8"])
    assert guard.permits("127.0.0.1")
    assert guard.permits("::ffff:127.0.0.1")
    assert guard.permits("fd12::1")
    assert not guard.permits("127.0.0.2")
    assert not guard.permits("::ffff:127.0.0.2")
