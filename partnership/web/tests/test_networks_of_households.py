"""A household has a /56 of IPv6: all of it counts as one address, in the portal and in nginx."""

import ipaddress
import random
import re
from pathlib import Path

import pytest
from allauth.core.internal.ratelimit import truncate_ip
from django.conf import settings


def counted_by_nginx(address: str) -> str:
    """Return what nginx counts an address under, by the map in its file."""
    text = (Path(settings.BASE_DIR) / "deploy" / "nginx.conf").read_text()
    lines = text.partition("map $remote_addr $sender {")[2].partition("}\n")[0]
    for pattern in re.findall(r'"~(\^.*)" "\$net";', lines):
        if found := re.search(pattern.replace("(?<", "(?P<"), address):
            return found["net"]
    return address


COUNTS = [counted_by_nginx, truncate_ip]


def in_network(network: int, host: int) -> str:
    return str(ipaddress.IPv6Address((0x20010DB8 << 96) | (network << 72) | host))


@pytest.mark.parametrize("counted", COUNTS, ids=["nginx", "the portal"])
def test_a_household_counts_once_and_its_neighbours_apart(counted) -> None:
    some = random.Random(56)
    networks = [0, 1, 0x100, 0xABCDEF, *(some.getrandbits(24) for _number in range(200))]
    hosts = [1, 1 << 64, 255 << 64, *(some.getrandbits(72) for _number in range(20))]
    found = {network: {counted(in_network(network, host)) for host in hosts} for network in networks}
    # Where nginx leaves two zeros out in the middle, a household of zeros may be spelt in two ways, which both are its.
    assert all(len(names) <= (2 if network < 256 or not network & 255 else 1) for network, names in found.items())
    assert len(set().union(*found.values())) == sum(len(names) for names in found.values())


@pytest.mark.parametrize("counted", COUNTS, ids=["nginx", "the portal"])
@pytest.mark.parametrize("address", ["192.0.2.7", "192.0.2.8", "::1"])
def test_other_addresses_count_whole(counted, address: str) -> None:
    assert counted(address) in (address, "::")
