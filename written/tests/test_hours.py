"""Hours are read as they are written in Danish, Swedish and English; what is no hour, or could be two, is none."""

import datetime as dt

import pytest

from written.hours import LONGEST, hour

SEVEN_PM, HALF_PAST = dt.time(19), dt.time(19, 30)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        *((text, SEVEN_PM) for text in ("19", "19.00", "19:00", "1900", "kl. 19", "kl 19.00", "klokken 19", "Kl.19")),
        *((text, SEVEN_PM) for text in ("klockan 19", "19 h", "19h00", "19:00:00", "19.00 uhr", " 19 ", "at 7 pm")),
        *((text, SEVEN_PM) for text in ("7 p.m.", "7 pm", "7pm", "7 PM", "7.00 p.m.", "07:00 pm")),
        *((text, HALF_PAST) for text in ("19.30", "19:30", "1930", "19,30", "7.30 pm", "klokken 19.30", "19 . 30")),
        *((text, dt.time(7)) for text in ("7", "07", "7.00", "0700", "7 a.m.", "7am", "7 AM")),
        ("12 p.m.", dt.time(12)),
        ("12 a.m.", dt.time(0)),
        ("12.30 am", dt.time(0, 30)),
        ("1 pm", dt.time(13)),
        ("11 pm", dt.time(23)),
        ("11.59 pm", dt.time(23, 59)),
        ("noon", dt.time(12)),
        ("Midnight", dt.time(0)),
        ("0", dt.time(0)),
        ("0.00", dt.time(0)),
        ("23.59", dt.time(23, 59)),
    ],
)
def test_an_hour_is_read(text: str, read: dt.time) -> None:
    assert hour(text) == read


@pytest.mark.parametrize(
    "text",
    ["", "24", "24.00", "19.60", "2460", "13 pm", "0 am", "0 p.m.", "19.3", "19.300", "730", "7 o'clock", "19-21",
     "evening", "-7", "p.m.", "kl.", "19 19", "1" * (LONGEST + 1)],
)  # fmt: skip
def test_what_is_no_hour_is_none(text: str) -> None:
    assert hour(text) is None
