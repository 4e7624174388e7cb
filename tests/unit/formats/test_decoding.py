from __future__ import annotations

import codecs

import pytest

from annotator.errors import DataError
from annotator.formats.decoding import decode


ARABIC = "قال مسؤول حكومي عراقي لوكالة «رويترز» إن المحادثات مستمرة، وإن بغداد تنتظر.\nثم أضاف: نعم؟\n"
FOREIGN = {
    "cp1251": "Президент заявил, что переговоры продолжаются. МОСКВА",
    "koi8-r": "Президент заявил, что переговоры продолжаются. МОСКВА",
    "cp1253": "Ο πρόεδρος δήλωσε ότι οι συνομιλίες συνεχίζονται ΑΘΗΝΑ",
    "cp1255": "הנשיא אמר שהשיחות נמשכות בירושלים",
    "latin-1": "CRÉÉE à Paris, ÇÉÀ naïve café français été",
    "cp1252": "Größe über München – “zitat”",
    "cp1254": "Türkiye Cumhurbaşkanı ÇOK GÜÇLÜ açıkladı İSTANBUL",
    "gbk": "总统表示会谈仍在继续，北京今天的消息说",
    "shift_jis": "大統領は会談が続いていると述べた。東京",
    "euc-kr": "대통령은 회담이 계속되고 있다고 말했다",
    "cp720": ARABIC.replace("،", "").replace("؟", ""),
}


def test_utf8_is_read_as_utf8():
    assert decode(ARABIC.encode(), "a.txt") == (ARABIC, "utf-8")


def test_nothing_is_empty_utf8():
    assert decode(b"", "a.txt") == ("", "utf-8")


def test_line_ends_and_invisible_characters_are_kept():
    text = "سطر\r\nسطر\u200c\u200f\u202e\ufeff\x0c\x0b\x85\u2028"
    assert decode(text.encode(), "a.txt")[0] == text


@pytest.mark.parametrize(
    ("bom", "encoding"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
)
def test_byte_order_mark_decides_and_is_no_part_of_the_text(bom: bytes, encoding: str):
    assert decode(bom + ARABIC.encode(encoding), "a.txt") == (ARABIC, encoding)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_english_utf16_is_read_by_its_mark(encoding: str):
    assert decode("\ufeffnews only".encode(encoding), "a.txt") == ("news only", encoding)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "cp1256", "iso-8859-6"])
def test_arabic_is_recognised_without_a_mark(encoding: str):
    text = ARABIC.replace("«", "").replace("»", "") if encoding == "iso-8859-6" else ARABIC
    assert decode(text.encode(encoding), "a.txt") == (text, encoding)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_one_word_of_utf16_holds_no_nul_and_is_no_utf8(encoding: str):
    assert decode("العراق".encode(encoding), "a.txt") == ("العراق", encoding)


def test_presentation_forms_in_utf16_are_arabic():
    text = "ﻛﺸﻔﺖ ﻣﺼﺎﺩﺭ ﻣﻄﻠﻌﺔ\n"
    assert decode(text.encode("utf-16-le"), "a.txt") == (text, "utf-16-le")


def test_marks_on_every_letter_break_no_word():
    text = "مُهِمَّةٌ جَدِيدَةٌ لِلرَّئِيسِ فِي القَاهِرَةِ بَعْدَ المُحَادَثَاتِ"
    assert decode(text.encode("cp1256"), "a.txt") == (text, "cp1256")


def test_direction_marks_do_not_hide_cp1256():
    text = " \u200e" + ARABIC * 5
    assert decode(text.encode("cp1256"), "a.txt") == (text, "cp1256")


def test_arabic_inside_latin_markup_is_recognised():
    page = "<div class='story-body'><p>" + ARABIC + "</p></div>" + "<script>function go(a) { return a }</script>" * 40
    assert decode(page.encode("cp1256"), "a.html") == (page, "cp1256")


def test_declared_encoding_settles_what_fits_both():
    word = "سلام"
    both = word.encode("iso-8859-6")
    assert decode(both, "a.html", declared="ISO-8859-6") == (word, "iso-8859-6")
    assert decode(both, "a.html", declared="windows-1256") == (both.decode("cp1256"), "cp1256")


@pytest.mark.parametrize("declared", ["iso-8859-1", "no-such-encoding", "", "utf-8"])
def test_other_declarations_do_not_decide(declared: str):
    assert decode(ARABIC.encode("cp1256"), "a.html", declared=declared)[1] == "cp1256"


def test_declared_encoding_does_not_beat_utf8():
    assert decode(ARABIC.encode(), "a.html", declared="windows-1256") == (ARABIC, "utf-8")


@pytest.mark.parametrize("at", [0, 1, 2, 3, 40, 41, 90, -2, -1])
@pytest.mark.parametrize("bad", [0xFF, 0xC7, 0xE1, 0x81])
def test_utf8_with_one_bad_byte_is_refused(at: int, bad: int):
    data = bytearray(ARABIC.encode())
    data[at] = bad
    try:
        text = bytes(data).decode()
    except UnicodeDecodeError:
        with pytest.raises(DataError, match="not UTF-8"):
            decode(bytes(data), "a.txt")
    else:
        assert decode(bytes(data), "a.txt") == (text, "utf-8")


@pytest.mark.parametrize("text", ["و", "لا", "سلام"])
def test_a_short_word_of_utf8_with_one_bad_byte_is_refused(text: str):
    with pytest.raises(DataError, match="not UTF-8"):
        decode(text.encode() + b"\xff", "a.txt")


def test_utf8_cut_inside_a_letter_is_refused():
    with pytest.raises(DataError, match=r"first bad byte 0xd8 at byte 9\)"):
        decode("سلام".encode() + b"\xd8", "a.txt")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_utf8_and_cp1256_in_one_file_are_refused(share: float):
    text = ARABIC * 20
    cut = int(len(text) * share)
    with pytest.raises(DataError, match="no Arabic encoding fits"):
        decode(text[:cut].encode() + text[cut:].encode("cp1256"), "a.txt")


@pytest.mark.parametrize("encoding", FOREIGN)
@pytest.mark.parametrize("times", [1, 5])
def test_other_encodings_are_refused_not_guessed(encoding: str, times: int):
    with pytest.raises(DataError, match="not UTF-8"):
        decode((FOREIGN[encoding] * times).encode(encoding), "a.txt")


def test_control_characters_are_no_arabic_text():
    with pytest.raises(DataError, match="no Arabic encoding fits"):
        decode(ARABIC.encode("cp1256") + b"\x1b[2J", "a.txt")


def test_error_names_file_byte_and_remedy():
    with pytest.raises(DataError) as caught:
        decode(b"caf\xe9 news", "menu.txt")
    assert caught.value.source == "menu.txt"
    assert caught.value.reason == "not UTF-8 (first bad byte 0xe9 at byte 4) and no Arabic encoding fits"
    assert "iconv" in caught.value.hint


@pytest.mark.parametrize(
    "data",
    [
        b"\x7fELF\x02\x01\x01\0\0\0",
        b"text with one \0 byte",
        "English only".encode("utf-16-le"),
        codecs.BOM_UTF16_LE + b"a\0\0\0b\0",
        codecs.BOM_UTF32_LE + "سلام".encode("utf-32-le"),
        codecs.BOM_UTF8 + b"a\0b",
        b"\x06" * 50,
    ],
)
def test_binary_content_is_no_text_file(data: bytes):
    with pytest.raises(DataError, match="not a text file"):
        decode(data, "a.bin")


@pytest.mark.parametrize(
    "data",
    [codecs.BOM_UTF8 + b"\xff", codecs.BOM_UTF16_LE + b"abc", codecs.BOM_UTF16_BE + b"\xdc\x00\xdc\x00"],
)
def test_a_mark_that_the_content_contradicts_is_refused(data: bytes):
    with pytest.raises(DataError, match="byte order mark"):
        decode(data, "a.txt")


def test_a_stray_nul_in_utf8_is_kept() -> None:
    text = "قال الوزير\0 إن الأسعار ستنخفض في الشهر المقبل، وفق ما أعلن اليوم."
    assert decode(text.encode(), "page.txt") == (text, "utf-8")


def test_many_nuls_are_no_text() -> None:
    with pytest.raises(DataError, match="not a text file"):
        decode("قال\0الوزير\0إن\0الأسعار".encode(), "page.txt")
