"""Tests that the encoding of a file is recognised, and that the reader may choose another."""

import count_files
import pytest
from count_files import list_rows, read_counts

from sejong_dash.intake.files.encoding import OFFERED


@pytest.mark.dear
@pytest.mark.parametrize("first", range(0, 150, 30))
def test_encodings_are_told_apart(first: int) -> None:
    """Of 150 files of every encoding, with headings in English too, none is misread."""
    for seed in range(first, first + 30):
        file = count_files.generate_file(seed)
        result = read_counts(file.content)
        assert (sorted(list_rows(result)), result.errors) == (sorted(file.rows), ()), (seed, file.encoding, result.encoding)


def test_the_reader_may_choose_another_encoding() -> None:
    content = "日付,都道府県,来場者数\n2026-04-10,東京都,1\n".encode("euc_jp")
    result = read_counts(content)
    assert result.encoding == "euc_jp"
    assert "東京都" in result.candidates[0].sample
    assert len(result.candidates) > 1
    assert set(OFFERED) >= {candidate.encoding for candidate in result.candidates}
    other = read_counts(content, encoding="cp949")
    assert (other.outcome, other.encoding) == ("reject_file", "cp949")
    assert read_counts(content, encoding="utf-8").errors[0].code == "encoding_broken"
    assert read_counts(content, encoding="no such").errors[0].code == "encoding_unknown"
