"""What is recognised as a person's number, on a generated corpus that is the same on every run."""

import datetime as dt

import pytest

from written.cpr import find_cpr

SENTENCES = (
    "Mit nummer er {}.",
    "Jeg hedder Ane Holm, {}, og bor på Eksempelvej 4.",
    "{}",
    "CPR: {} (min mand)",
    "Hej\nJag heter Nils {}\nHälsningar",
    "Ring til mig, cpr-nr.{}, efter kl. 17 på 86 12 34 56",
)


def days(count):
    """Days spread over 1925 to 2009 by a step that is prime to their number."""
    first = dt.date(1925, 1, 1)
    return [first + dt.timedelta(days=(number * 7919) % 31000) for number in range(count)]


def person_numbers(count=1000):
    shapes = (
        "{d:%d%m%y}-{n}",
        "{d:%d%m%y}{n}",
        "{d:%d%m%y} {n}",
        "{d:%d%m%y}–{n}",
        "{d:%d%m%y} - {n}",
        "{d:%d%m%y}-{n}",
        "{d:%y%m%d}-{n}",
        "{d:%y%m%d}+{n}",
        "{d:%Y%m%d}-{n}",
        "{d:%d.%m.%y}-{n}",
    )
    for number, day in enumerate(days(count)):
        text = shapes[number % len(shapes)].format(d=day, n=f"{(number * 3571) % 10000:04d}")
        yield SENTENCES[number % len(SENTENCES)].format(text)


def other_numbers(count=1000):
    shapes = (
        lambda n: f"Ring på {20 + n % 80} {n % 97:02d} {n * 7 % 100:02d} {n * 13 % 100:02d}",
        lambda n: f"+45 {20000000 + n * 7919 % 79999999}",
        lambda n: f"+45{20000000 + n * 7919 % 79999999}",
        lambda n: f"Min mobil: 07{(0, 2, 3, 6, 9)[n % 5]}{n * 77773 % 10000000:07d}",
        lambda n: f"07{(0, 2, 3, 6, 9)[n % 5]}-{n * 31 % 1000:03d} {n * 7 % 100:02d} {n * 3 % 100:02d}",
        lambda n: f"+467{(0, 2, 3, 6, 9)[n % 5]}{n * 77773 % 10000000:07d}",
        lambda n: f"Sagsnummer 4200-{70000 + n * 13 % 9999}-{n * 7 % 99999:05d}-26",
        lambda n: f"Sag {2020 + n % 7}-{n * 7919 % 1000000:06d}",
        lambda n: f"Den {1 + n % 28:02d}.{1 + n % 12:02d}.{2020 + n % 7} kl. {n % 24:02d}.{n % 60:02d}",
        lambda n: f"{1 + n % 28:02d}-{1 + n % 12:02d}-{26 + n % 3} {n % 24:02d}:{n % 60:02d}",
        lambda n: f"{2020 + n % 7}-{1 + n % 12:02d}-{1 + n % 28:02d}T{n % 24:02d}:{n % 60:02d}",
        lambda n: f"DK50 0040 0440 {n * 7919 % 10000:04d} {n % 100:02d}",
        lambda n: f"DK{n % 90 + 10}{n * 104729 % 10**14:014d}",
        lambda n: f"SE45 5000 0000 {n * 31 % 10000:04d} {n * 7919 % 10000:04d} 7466",
        lambda n: f"Ordrenummer {1000000000 + n * 7654321 % 8999999999}",
        lambda n: f"Faktura nr. {1000000000 + n * 7654321 % 8999999999}",
        lambda n: f"Organisationsnummer 5560{20 + n % 79}-{n * 7919 % 10000:04d}",
        lambda n: f"CVR {20000000 + n * 7919 % 19999999}, P-nummer {1003000000 + n * 7919 % 999999}",
        lambda n: f"EAN 579000{n * 104729 % 10**7:07d}",
        lambda n: f"{2026}{1 + n % 12:02d}{1 + n % 28:02d}{n % 24:02d}{n % 60:02d}",
    )
    return [shapes[number % len(shapes)](number) for number in range(count)]


def test_at_least_99_of_100_person_numbers_in_sentences_are_found():
    missed = [text for text in person_numbers() if not find_cpr(text)]
    assert len(missed) <= 10, missed[:20]


def test_at_most_1_of_100_other_numbers_is_taken_for_one():
    hits = [text for text in other_numbers() if find_cpr(text)]
    assert len(hits) <= 10, hits[:20]


@pytest.mark.parametrize(
    "text",
    [
        "０１０１９０－１２３４",
        "010190‑1234",
        "010190−1234",
        "010190—1234",
        "010190\u00a01234",
        "010190\u202f1234",
        "010190\u200b1234",
        "010190\u00ad-1234",
        "٠١٠١٩٠-١٢٣٤",
        "01 01 90-1234",
        "01 01 90 1234",
        "01011990-1234",
        "cpr0101901234",
        "CPR0101901234",
        "x\t010190-1234\n",
        "290200-1234",
        "610190-1234",
        "640823-3234",
        "640883-3231",
        "19640823-3234",
        "196408233234",
        "196408230001",
        "6408233234",
        "640823+3234",
        "Mit cpr-nummer er 0701901234",
        "Mit personnummer: 0701901234",
    ],
)
def test_odd_digits_dashes_spaces_and_swedish_shapes_are_seen_through(text):
    assert find_cpr(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "321390-1234",
        "011390-1234",
        "300299-1234",
        "1010190-1234",
        "010190-12345",
        "2026-010190-1234",
        "0701234567",
        "0767654321",
        "Tlf. 12 34 56 78",
        "+45 12 12 12 12",
        "4512121212",
        "22.11.26 19.30",
        "Kalmar kommun 212000-0746",
        "202611221930",
        "20261122-0002",
        "P-nummer 1003388394",
        "DK5000400440116243",
    ],
)
def test_numbers_that_are_something_else_are_left_alone(text):
    assert find_cpr(text) is None


def test_a_number_without_modulus_11_is_found_like_any_other():
    assert all(find_cpr(f"010190-{last:04d}") for last in range(10000))


def test_in_a_phone_field_a_number_from_zero_is_a_swedish_telephone():
    assert find_cpr("0812345678")
    assert find_cpr("0812345678", phone_field=True) is None
    assert find_cpr("081234-5678", phone_field=True)


def test_what_is_found_comes_back_with_plain_signs():
    assert find_cpr("nr. ０１０１９０–1234 tak") == "010190-1234"


def test_a_very_long_text_is_read_in_good_time():
    assert find_cpr("0101 " * 200_000) is None


def test_in_a_danish_text_a_birthday_is_not_taken_for_a_swedish_mobile():
    assert find_cpr("0707614285", danish=True)
    assert find_cpr("0707614285") is None
