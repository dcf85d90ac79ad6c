"""A first visit fetches no more than an office's line will bear, and nothing from another host.

The bytes of a page are the same on every machine; how long they take is measured by `make bench`.
"""

from urllib.parse import urlsplit

from cold_pages import Cold, every_page
from visiting import HOME

# Bytes with an empty cache, compressed and with their headers. A limit is a tenth above what was measured when it was set; a page
# that becomes lighter takes its limit along.
HTTP = {"map": 1_800_000}
HTTP_OF_OTHERS = 1_350_000
SOCKET = {"map": 160_000}
SOCKET_OF_OTHERS = 135_000


@every_page
def test_a_first_visit_fetches_no_more_than_it_may(cold: Cold) -> None:
    path = f"/{'' if cold.name == HOME else cold.name}"
    assert cold.hosts - {""} == {urlsplit(cold.visit.root).netloc}, "blank is what the page holds itself, as data: or blob:"
    assert 100_000 < sum(cold.http) <= HTTP.get(cold.name, HTTP_OF_OTHERS), f"{path} fetches more"
    assert 10_000 < sum(cold.socket) <= SOCKET.get(cold.name, SOCKET_OF_OTHERS), f"{path} is sent more"
