"""Which network addresses a feed may be fetched from.

Owns the name look-up of the fetcher and its refusal of everything that is not
the public internet: a feed must not be able to point us at our own house.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
from collections.abc import Callable

from tracker.errors import SourceFailed

__all__ = ["Resolve", "checked_addresses", "is_public", "resolve", "resolve_within"]

Resolve = Callable[[str, int], tuple[str, ...]]
"""From a host and a port to the addresses of the host, as text, in order of preference."""

_MOST = 4
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def resolve(host: str, port: int) -> tuple[str, ...]:
    """The addresses of `host`, in the order in which the system prefers them.

    It takes as long as the system's resolver does: see `resolve_within`.
    Raises: SourceFailed("dns") if there are none.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
    except (OSError, UnicodeError) as error:
        raise SourceFailed(
            "dns",
            "could not be reached (name not found)",
            f"Check the spelling of {host} and this machine's name service",
        ) from error
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def resolve_within(seconds: float, lookup: Resolve = resolve) -> Resolve:
    """A `lookup` that is left to itself after so many seconds.

    The system's resolver cannot be told to stop: it goes on in a thread of its
    own whose answer nobody waits for. An address written out needs no look-up.
    What it answers raises SourceFailed("timeout") besides what `lookup` raises.
    """

    def within(host: str, port: int) -> tuple[str, ...]:
        if _is_address(host):
            return lookup(host, port)
        found: queue.SimpleQueue[tuple[str, ...] | Exception] = queue.SimpleQueue()

        def ask() -> None:
            try:
                found.put(lookup(host, port))
            except Exception as error:  # noqa: BLE001 - raised again where it is waited for
                found.put(error)

        threading.Thread(target=ask, name="name-look-up", daemon=True).start()
        try:
            answer = found.get(timeout=seconds)
        except queue.Empty:
            raise SourceFailed(
                "timeout",
                f"could not be reached ({host} was not looked up within {seconds:.3g} seconds)",
                "It is asked again when it is due; if it stays so, see to the name service here",
            ) from None
        if isinstance(answer, Exception):
            raise answer
        return answer

    return within


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet.

    An IPv4 address carried inside an IPv6 one (mapped, 6to4, Teredo, NAT64)
    counts as that IPv4 address. What is no address is not public.
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    inner: list[ipaddress.IPv4Address] = []
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.scope_id:
            return False
        inner = [found for found in (ip.ipv4_mapped, ip.sixtofour) if found is not None]
        inner.extend(ip.teredo or ())
        if ip in _NAT64:
            inner.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped))
    return ip.is_global and not ip.is_multicast and all(is_public(str(part)) for part in inner)


def checked_addresses(
    host: str, port: int, *, allow_private: bool, lookup: Resolve = resolve
) -> tuple[str, ...]:
    """The addresses of `host` that may be connected to, at most four.

    Every address of the name must be public unless `allow_private`: a name
    that has a private one among them is refused whole. Connect to what is
    answered here and not to the name, or the check is worth nothing.
    Raises: SourceFailed of kind dns or forbidden_address.
    """
    found = lookup(host, port)
    if not found:
        raise SourceFailed("dns", "could not be reached (name not found)", f"Check {host}")
    if not allow_private and not all(is_public(address) for address in found):
        raise SourceFailed(
            "forbidden_address",
            f"leads to {host}, which is not on the public internet",
            "Set TRACKER_ALLOW_PRIVATE_ADDRESSES=1 if that is meant",
        )
    return found[:_MOST]
