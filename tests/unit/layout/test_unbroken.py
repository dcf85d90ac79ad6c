"""Tests that lines which are broken here keep an amount, a date and a range whole."""

import pytest

from sejong_dash.layout import text_width, unbroken


@pytest.mark.parametrize("is_label", [True, False])
@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("폐막 시 예측은 80% 구간 안에서 118,613~165,470명입니다", "118,613~165,470명"),
        ("박람회는 2026년 5월 24일에 폐막합니다", "5월 24일에"),
        ("달성률은 지금까지 목표의 55.9%입니다", "55.9%입니다"),
        ("閉幕時の予測は118,613～165,470人の範囲です", "118,613～165,470人"),
        ("会期は2026年5月24日までの予定です", "2026年5月24日"),
        ("The expo closes on 24 May 2026 in Sejong", "24 May"),
        ("With the 80% interval 118,613–165,470 the chance is low", "118,613–165,470"),
        ("The chance is low (10–35%) at this pace", "(10–35%)"),
    ],
)
def test_no_line_ends_within_a_part(text: str, part: str, is_label: bool) -> None:
    least = int(text_width.width(part)) + 1
    for room in range(least, int(text_width.width(text)) + 1):
        lines = text_width.break_lines(text, room, is_label=is_label)
        assert any(part in line for line in lines), (room, lines)


def test_parts_are_in_order_and_apart() -> None:
    text = "가나가와현(2,956명), 5월 24일까지 55.9%입니다"
    parts = unbroken.parts(text)
    assert [text[start:end] for start, end in parts] == ["와현(2,956명)", "5월 24일까지", "55.9%입니다"]
    assert unbroken.places(text) == {at for start, end in parts for at in range(start + 1, end)}
