"""Particles and plurals agree with what stands before them."""

import pytest

from sejong_dash import sentence_forms, words
from sejong_dash.sentence_forms import with_particle


@pytest.mark.parametrize(
    ("text", "particle", "expected"),
    [
        ("나라현", "을", "나라현을"),
        ("교토부", "을", "교토부를"),
        ("도쿄도(13)", "은", "도쿄도(13)는"),
        ("‘나라현’", "이", "‘나라현’이"),
        ("서울", "으로", "서울로"),  # ㄹ takes 로
        ("견적", "로", "견적으로"),
        ("문의", "으로", "문의로"),
        ("10", "을", "10을"),
        ("2", "을", "2를"),
        ("1", "으로", "1로"),
        ("6", "으로", "6으로"),
        ("7", "은", "7은"),
        ("1,209", "과", "1,209와"),
        ("40%", "을", "40%를"),
        ("1,409,307㎡", "이", "1,409,307㎡가"),
        ("83,787명", "은", "83,787명은"),
        ("JETRO", "와", "JETRO와"),
        ("KAIST", "은", "KAIST는"),
        ("RIKEN", "과", "RIKEN과"),
        ("", "은", "는"),
    ],
)
def test_a_particle_agrees(text: str, particle: str, expected: str) -> None:
    assert with_particle(text, particle) == expected


@pytest.mark.parametrize("form", ["은", "는"])
def test_either_form_names_the_particle(form: str) -> None:
    assert (with_particle("나라현", form), with_particle("교토부", form)) == ("나라현은", "교토부는")


@pytest.mark.parametrize(
    ("number", "lang", "expected"),
    [
        (1, "en", "day"),
        ("1", "en", "day"),
        ("1.0", "en", "days"),
        ("+1", "en", "day"),
        ("0", "en", "days"),
        ("1,200", "en", "days"),
        ("−1", "en", "day"),
        ("1.2 million", "en", "days"),
        (1, "ko", "days"),
    ],
)
def test_a_noun_agrees_with_its_number(number: object, lang: str, expected: str) -> None:
    assert sentence_forms.plural(number, "day/days", lang) == expected


def test_words_fill_in_particles_plurals_and_formats() -> None:
    ko, en = (
        words.Words(lang, {"line": text}) for lang, text in (("ko", "{name:을} {value:.1f}"), ("en", "{n} {n:day/days} {{n}}"))
    )
    assert ko("line", name="나라현", value=2.25) == "나라현을 2.2"
    assert en("line", n="1") == "1 day {n}"
