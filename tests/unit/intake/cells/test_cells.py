"""Tests that each way of writing a day, a number and a prefecture becomes what was meant, or an error."""

import re
from datetime import date

import pytest
from examples import examples
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sejong_dash.datasets import prefectures
from sejong_dash.intake.cells import amounts, days, prefecture_names, spelling

NUMBERS = {
    "1200": 1200,
    "1,234": 1234,
    "１２３": 123,
    "１，２３４": 1234,
    " 1 234　": 1234,
    "1,200명": 1200,
    "1200人": 1200,
    "15만": 150_000,
    "1만5천": 15_000,
    "1.5万": 15_000,
    "二万五千三百人": 25_300,
    "천이백": 1200,
    "1200.0": 1200,
    "0": 0,
    '="1200"': 1200,
    "1\u202f200": 1200,
    "1 234 567": 1_234_567,
}
NO_NUMBERS = {
    "": ("missing_value", None),
    "-": ("missing_value", "0"),
    "NaN": ("missing_value", None),
    "약 100": ("not_a_number", "100"),
    "100여명": ("not_a_number", "100"),
    "1,23": ("not_a_number", "123"),
    "1e3": ("not_a_number", "1000"),
    "1e999": ("not_a_number", None),
    "x": ("not_a_number", None),
    "만": ("not_a_number", None),
    "이사": ("not_a_number", None),
    "٣": ("not_a_number", None),
    "1.234": ("not_an_integer", "1234"),
    "12.5": ("not_an_integer", None),
    "−5": ("negative", None),
    "▲5": ("negative", None),
    "(5)": ("negative", None),
    "999999999999": ("out_of_range", None),
    "9" * 400: ("out_of_range", None),
    "=SUM(C3:C9)": ("formula", None),
    "800¹": ("not_a_number", "800"),
    "1,200¹⁾": ("not_a_number", "1200"),
    "８００①": ("not_a_number", "800"),
    "800₁": ("not_a_number", "800"),
    "800 주1)": ("not_a_number", "800"),
    "800※": ("not_a_number", "800"),
    "①": ("not_a_number", None),
    "²³": ("not_a_number", None),
    "8½": ("not_a_number", None),
    "\u202e0021": ("not_a_number", None),
    "𝟏𝟐": ("not_a_number", None),
    "8001)": ("not_a_number", None),
    "120\n130": ("two_numbers", "250"),
    "120\t130": ("two_numbers", "250"),
    "120　130": ("two_numbers", "250"),
    "120 130": ("two_numbers", "250"),
    "1\n200": ("two_numbers", "201"),
    "1만\n5천": ("two_numbers", "15000"),
}
NUMBER_ERRORS = {code for code, _ in NO_NUMBERS.values()}


@pytest.mark.parametrize("text", NUMBERS)
def test_numbers(text: str) -> None:
    reading = amounts.read(text)
    assert (reading.error, reading.value) == (None, NUMBERS[text])
    assert (reading.notice is None) == (text == str(reading.value))


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_no_number(text: str) -> None:
    reading = amounts.read(text)
    assert (reading.error, reading.fields.get("proposal"), reading.value) == (*NO_NUMBERS[text], None)


DAYS = (
    "2026-04-10,2026.4.10,2026. 4. 10.,2026/4/10,2026년 4월 10일,2026年4月10日,令和8年4月10日,令和８年４月１０日,R8.4.10,"
    "令和八年四月十日,"
    "20260410,46122,2026-04-10 00:00:00,2026-04-10 13:20,2026-04-09T15:00:00Z,2026-04-10T00:00:00+09:00,2026-04-10(금),"
    "2026年4月10日（金）,2026年4月10日金曜日,10 Apr 2026,10-Apr-2026,2026.4.10 (금) 15:00,2026-04-10 오후 3:00,"
    '="2026-04-10",2026/4/10(金・祝),2026/4/10(祝)'
)
NO_DAYS = {
    "": ("missing_value", None),
    "26.4.10": ("date_ambiguous", "2026-04-10"),
    "04/10/2026": ("date_ambiguous", "2026-04-10 / 2026-10-04"),
    "10-Apr": ("date_year_missing", "2026-04-10"),
    "4/10": ("date_year_missing", "2026-04-10"),
    "4월 10일": ("date_year_missing", "2026-04-10"),
    "2026-02-30": ("date_invalid", None),
    "2026-13-01": ("date_invalid", None),
    "어제": ("date_invalid", None),
    "2026-04-10~2026-04-12": ("date_invalid", None),
    "平成38年4月10日": ("date_invalid", "2026-04-10"),
    "2206-04-10": ("date_out_of_range", "2026-04-10"),
    "2026-04-10(월)": ("weekday_mismatch", None),
    "2026-04-10T24:00:00": ("date_ambiguous", "2026-04-10 / 2026-04-11"),
    "=TODAY()": ("formula", None),
    "2026-04-1¹": ("date_invalid", "2026-04-01"),
    "2026-04-10 1)": ("date_invalid", "2026-04-10"),
    "2026-04-09 23:59:08": ("date_ambiguous", "2026-04-09 / 2026-04-10"),
    "2026-04-09 15:00:00": ("date_ambiguous", "2026-04-09 / 2026-04-10"),
    "2026-04-09T14:59:08Z": ("date_ambiguous", "2026-04-09 / 2026-04-10"),
    "46121.99940": ("date_ambiguous", "2026-04-09 / 2026-04-10"),
    "2026/4/10(木・祝)": ("weekday_mismatch", None),
}


@pytest.mark.parametrize("text", [*DAYS.split(","), "Fri, 10 Apr 2026", "April 10, 2026"])
def test_days(text: str) -> None:
    reading = days.read(text)
    assert (reading.error, reading.value.isoformat()) == (None, "2026-04-10")


@pytest.mark.parametrize("text", NO_DAYS)
def test_what_is_no_day(text: str) -> None:
    reading = days.read(text, expected=(2026,))
    assert (reading.error, reading.fields.get("proposal"), reading.value) == (*NO_DAYS[text], None)


def test_a_day_without_its_year_takes_the_one_that_the_reader_chose() -> None:
    reading = days.read("4/10", year=2026)
    assert (reading.value.isoformat(), reading.notice) == ("2026-04-10", "year_filled")


def test_every_prefecture_is_known_by_its_names_and_codes() -> None:
    for row in prefectures.load().itertuples():
        ways = [
            row.jis_code,
            f"JP-{row.jis_code}",
            row.name_ko,
            row.name_ja,
            row.name_en,
            row.name_en.upper(),
            f"{row.jis_code} {row.name_ja}",
        ]
        ways += [f"{row.name_en} Prefecture", f"{row.name_ko}({row.name_ja})", f" {row.name_ja} "]
        if row.jis_code != "01":
            ways += [row.name_ko[:-1], row.name_ja[:-1]]
        assert {prefecture_names.read(way).value for way in ways} == {row.jis_code}, row


PLACES = {
    "동경": "13", "북해도": "01", "교토": "26", "쿄토": "26", "토쿄": "13", "とうきょうと": "13", "トウキョウ": "13",
    "ﾄｳｷｮｳﾄ": "13",
    "Tōkyō": "13", "Tokyo-to": "13", "Kyoto-fu": "26", "Ōita": "44", "1": "01", "130001": "13",
    "東京都(13)": "13", "13.0": "13", "1.0": "01", '="01"': "01", "\x1f01": "01", "⻑野県": "20", "⻘森": "02",
    "미상": "", "不明": "",
}  # fmt: skip
NO_PLACES = {
    "": ("missing_value", "unknown"),
    "기타": ("prefecture_other", "unknown"),
    "その他": ("prefecture_other", "unknown"),
    "东京都": ("prefecture_unknown", "東京都"),
    "沖繩縣": ("prefecture_unknown", "沖縄県"),
    "Toyko": ("prefecture_unknown", "東京都"),
    "福岡県福岡市": ("prefecture_unknown", "福岡県"),
    "시즈오카현 시즈오카시": ("prefecture_unknown", "静岡県"),
    "서울특별시": ("prefecture_unknown", None),
    "부산": ("prefecture_unknown", None),  # the characters of Toyama, and a city of Korea
    "48": ("prefecture_unknown", None),
    "130002": ("prefecture_unknown", None),  # its check digit is wrong
    "14 東京都": ("prefecture_unknown", "東京都"),
    "도쿄도(大阪府)": ("prefecture_unknown", None),
    "<img src=x onerror=1>": ("prefecture_unknown", None),
    "=1+1": ("formula", None),
    "도쿄도1)": ("prefecture_unknown", "東京都"),
    "東京都①": ("prefecture_unknown", "東京都"),
    "1¹": ("prefecture_unknown", None),
}


@pytest.mark.parametrize("text", PLACES)
def test_prefectures(text: str) -> None:
    assert prefecture_names.read(text).value == PLACES[text]


@pytest.mark.parametrize("text", NO_PLACES)
def test_what_is_no_prefecture(text: str) -> None:
    reading = prefecture_names.read(text)
    assert (reading.error, reading.fields.get("proposal"), reading.value) == (*NO_PLACES[text], None)


MARKS = "¹²³⁰⁴⁹₀₁₉①②⑳⑴⒈㉑½⑨⓪𝟏🄁㋀"


def digits_of(text: str) -> list[str]:
    """Return the digits of a text, whatever their width; marks are none."""
    return [str(int(sign)) for sign in text if sign in "0123456789０１２３４５６７８９"]


@settings(max_examples=examples(200))
@given(st.text(alphabet="0123456789０９, \n\t　명人" + MARKS, max_size=12))
def test_every_digit_of_a_number_is_a_digit_of_its_cell(text: str) -> None:
    reading = amounts.read(text)
    if reading.error is None:
        assert str(reading.value) == ("".join(digits_of(text)).lstrip("0") or "0")


@settings(max_examples=examples(100))
@given(st.integers(0, 99_999), st.sampled_from(MARKS), st.sampled_from(["", "⁾", ")"]))
def test_a_mark_never_is_a_digit(number: int, mark: str, close: str) -> None:
    for cell in (f"{number}{mark}{close}", f"{mark}{number}", f"{number:,}{mark}"):
        assert amounts.read(cell).error == "not_a_number"
        assert amounts.read(cell).fields.get("proposal") in (None, str(number))
    assert days.read(f"2026-04-1{mark}").error == "date_invalid"
    assert prefecture_names.read(f"1{mark}").error == "prefecture_unknown"


@given(st.integers(0, 9999), st.integers(0, 9999), st.sampled_from(["\n", "\r\n", "\t", "　", "  ", "\v", "\u2028", "\u2003"]))
def test_two_numbers_are_never_one(first: int, second: int, gap: str) -> None:
    reading = amounts.read(f"{first}{gap}{second}")
    assert (reading.value, reading.fields.get("proposal")) == (None, str(first + second))


@given(st.integers(0, amounts.MOST))
def test_a_number_means_the_same_in_every_writing(number: int) -> None:
    ways = [
        str(number),
        f"{number:,}",
        f"{number:,}명",
        f"{number}人",
        "".join(chr(ord(digit) + 0xFEE0) for digit in str(number)),
        f" {number} ",
    ]
    if number >= 10_000:
        ways += [f"{number // 10_000}만{number % 10_000 or ''}", f"{number // 10_000:,}万{number % 10_000 or ''}人"]
    readings = [amounts.read(way) for way in ways if number < 100_000_000 or "," not in way or "万" not in way]
    assert {reading.value for reading in readings} == {number}


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_day_means_the_same_in_every_writing(day: date) -> None:
    ways = "{0:%Y-%m-%d}|{0.year}.{0.month}.{0.day}|{0.year}년 {0.month}월 {0.day}일"
    ways += "|{0.year}年{0.month}月{0.day}日|{0.day} {0:%b} {0.year}"
    assert {days.read(way.format(day)).value for way in ways.split("|")} == {day}


@given(st.text(max_size=30))
def test_no_text_is_too_odd(text: str) -> None:
    for read in (amounts.read, days.read, prefecture_names.read):
        reading = read(text)
        assert (reading.error is None) == (reading.value is not None)


SIGNS = "0123456789,. 만천백십억万千一二三명人약-+'()eE%"


@settings(max_examples=examples(200))
@given(st.text(alphabet=SIGNS, max_size=10))
@example("1,200")
@example("1만5천")
@example("12%")
@example("1e3")
def test_a_number_is_read_with_a_notice_or_refused_with_a_reason(text: str) -> None:
    reading = amounts.read(text)
    if reading.error is None:
        assert 0 <= reading.value <= amounts.MOST
        assert reading.notice is not None or text.strip() == str(reading.value)
        return
    assert reading.value is None
    assert reading.error in NUMBER_ERRORS
    assert not is_plain(text), "digits alone always are a number, unless it is too large"
    proposal = reading.fields.get("proposal")
    if proposal is not None:
        proposed = amounts.read(str(proposal))
        assert (proposed.error, proposed.notice, str(proposed.value)) == (None, None, proposal), "what is proposed can be read"


def is_plain(text: str) -> bool:
    return re.fullmatch("[0-9]+", text) is not None and int(text) <= amounts.MOST


@given(st.text(alphabet=SIGNS, max_size=10).filter(lambda text: amounts.read(text).error is None))
def test_signs_around_a_number_make_it_another_or_none(text: str) -> None:
    """What was read is no guess: with a sign that belongs to no number, the same text is refused."""
    for spoilt in (f"약{text}", f"{text}~", f"{text}%", f"-{text}", f"{text}e3", f"{text}x"):
        assert amounts.read(spoilt).error in NUMBER_ERRORS, spoilt


def test_a_footnote_at_the_end_of_a_long_text_goes_and_its_words_stay_apart() -> None:
    for length in range(70, 100):
        text = f"{'a' * length} bb"
        assert spelling.strip_footnotes(f"{text} 주1)") == text
    assert spelling.strip_footnotes("a" + " " * 100_000 + "b") == "a" + " " * 100_000 + "b"
