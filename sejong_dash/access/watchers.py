"""Say who may see how the server is: its figures, its log, the page with both, and who may change what stands on that page.

Where nobody signs in, that is this machine and the addresses that `$SEJONG_WATCHERS` names. Where one signs in, the page and the
log are for admins; programs on those machines read the figures without a sign-in.
"""

import ipaddress
import logging
import os

from starlette.requests import HTTPConnection

from . import connections, policy, sign_in_cookie, viewer
from .paths_served import METRICS
from .roles import ADMINISTER

_LOG = logging.getLogger(__name__)
_PROXIED = ("x-forwarded-for", "forwarded", "x-real-ip")


def is_near(asked: HTTPConnection) -> bool:
    """Return whether a request comes from this machine, through no proxy, or from an address in `$SEJONG_WATCHERS`.

    That variable holds addresses or networks (`10.0.0.8 10.1.0.0/16`), with blanks between them.
    """
    if asked.client is None or any(name in asked.headers for name in _PROXIED):
        return False
    try:
        address = ipaddress.ip_address(asked.client.host)
    except ValueError:
        return False
    return address.is_loopback or any(address in network for network in _watchers())


def may_watch(asked: HTTPConnection) -> bool:
    """Return whether whoever asks may see the log and the page of whoever runs the server."""
    return may_administer(asked) if policy.current().asks_sign_in else is_near(asked)


def may_read_figures(asked: HTTPConnection) -> bool:
    """Return whether whoever asks may read the figures."""
    return is_near(asked) or may_watch(asked)


def may_administer(asked: HTTPConnection) -> bool:
    """Return whether whoever asks may delete what is kept: an admin; where nobody signs in, one who is near."""
    held = policy.current()
    if not held.asks_sign_in:
        return is_near(asked) and viewer.of_sign_in(None, held).may(ADMINISTER)
    sign_in = sign_in_cookie.read(asked.cookies, held.secret, connections.now())
    return viewer.of_sign_in(sign_in, held).may(ADMINISTER)


def needs_no_role(name: str, asked: HTTPConnection) -> bool:
    """Return whether a path, without slashes around it, answers for itself who may see it, and the door need not."""
    return not policy.current().asks_sign_in or (name == METRICS and is_near(asked))


def _watchers() -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    found = []
    for name in os.environ.get("SEJONG_WATCHERS", "").split():
        try:
            found.append(ipaddress.ip_network(name, strict=False))
        except ValueError:
            _LOG.warning("SEJONG_WATCHERS names %s, which is no address and no network.", name)
    return found
