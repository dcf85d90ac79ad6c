"""The labels of the map keep clear of each other and of a phone's edge, measured in the letters that are drawn."""

import json
from dataclasses import replace
from itertools import combinations

import discovery
import numpy as np
import pytest
from discovery import BASE
from letter_widths import measure_line_height, measure_width

from sejong_dash import words
from sejong_dash.choices import MEASURES
from sejong_dash.layout import projection
from sejong_dash.maps import _views, prefecture_map

pytestmark = pytest.mark.dear

PHONE, HEIGHT = 390, 560
TEXT, PAD, BOLD = 13, (6, 3), 700  # pixels; browsers draw the weight 600 of a label in the next heavier letters that there are


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("view", _views.VIEWS)
@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_no_label_covers_another_or_leaves_the_phone(lang: str, view: str, measure: str) -> None:
    choices = replace(BASE, lang=lang, prefecture="47" if view == "japan" else None, measure=measure, view=view)
    table = discovery.table_of("maps.prefecture_map", choices)
    deck = json.loads(prefecture_map.draw(table, discovery.words_of("maps.prefecture_map", lang)).to_json())
    (labels,) = [layer["data"] for layer in deck["layers"] if layer["@@type"] == "TextLayer" and layer.get("id") != "marks"]
    where = _views.view(view)
    middle = np.array(projection.spot((where.lon, where.lat), where.zoom))
    boxes = []
    for one in labels:
        wide, high = measure_width(one["text"], BOLD), measure_line_height(BOLD)
        half = np.array([wide * TEXT + 2 * PAD[0], high * TEXT + 2 * PAD[1]]) / 2
        spot = np.array(projection.spot(one["at"], where.zoom)) - middle
        boxes.append((one["text"], spot - half, spot + half))
    for (name, low, high), (other, other_low, other_high) in combinations(boxes, 2):
        assert (np.minimum(high, other_high) - np.maximum(low, other_low)).min() <= 0, f"{name} and {other}"
    edge = np.array([PHONE, HEIGHT]) / 2
    assert [name for name, low, high in boxes if (low < -edge).any() or (high > edge).any()] == []
    sejong = {"ko": "◆ 세종시", "ja": "◆ 世宗市", "en": "◆ Sejong City"}[lang]
    assert (labels[0]["text"] == sejong) == (view != "gardens")
    assert len(labels) > (1 if view == "venue" else 4)
