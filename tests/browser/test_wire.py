"""A first visit fetches no more than an office's line will bear, and nothing from another host.

The bytes of a page are the same on every machine; how long they take is measured by `make bench`.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from visiting import HOME, NAMES, Visit

# Bytes with an empty cache, compressed and with their headers. A limit is a tenth above what was measured when it was set; a page
# that becomes lighter takes its limit along.
HTTP = {"map": 1_800_000}
HTTP_OF_OTHERS = 1_350_000
SOCKET = {"map": 160_000}
SOCKET_OF_OTHERS = 135_000


@pytest.mark.parametrize("name", NAMES)
def test_a_first_visit_fetches_no_more_than_it_may(look: Callable[..., Visit], name: str) -> None:
    visit = look()
    http: list[int] = []
    socket: list[int] = []
    hosts: set[str] = set()
    line = visit.context.new_cdp_session(visit.page)
    line.send("Network.enable")
    line.on("Network.loadingFinished", lambda event: http.append(int(event["encodedDataLength"])))
    line.on("Network.webSocketFrameReceived", lambda event: socket.append(len(event["response"]["payloadData"]) * 3 // 4))
    line.on("Network.requestWillBeSent", lambda event: hosts.add(urlsplit(event["request"]["url"]).netloc))
    line.on("Network.webSocketCreated", lambda event: hosts.add(urlsplit(event["url"]).netloc))
    visit.open(name)
    assert hosts - {""} == {urlsplit(visit.root).netloc}, "blank is what the page holds itself, as data: or blob:"
    assert 100_000 < sum(http) <= HTTP.get(name, HTTP_OF_OTHERS), f"/{'' if name == HOME else name} fetches more"
    assert 10_000 < sum(socket) <= SOCKET.get(name, SOCKET_OF_OTHERS), f"/{'' if name == HOME else name} is sent more"
