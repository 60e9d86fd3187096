"""What scales say, byte for byte from their makers' sheets: a weight in grams, or the word for why not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.scale import cas, generic, sma, toledo8217
from hardware.scale.language import Language, plain
from hardware.scale.settling import Settling
from hardware.scale.weight import Answer, Trouble, Weight

TOLEDO = toledo8217.language()
GENERIC = generic.language(
    "\x05",
    r"(?P<steady>ST)?(?P<moving>US)?(?P<over>OL)?,(?:GS|(?P<net>NT)),..,(?P<weight>[-+ 0-9.]{8}) kg\r\n",
)
"""CAS's 22-byte format: CAS CI-600D manual p. 74, PDS manual p. 31."""


def said(language: Language, reply: bytes) -> Answer:
    """What a language makes of a reply, which it must also find whole."""
    found = language.steps[-1].whole.search(plain(reply, language.seven))
    assert found is not None, f"never whole: {reply!r}"
    return language.decode(found[0])


GOLDEN: list[tuple[str, Language, bytes, Answer]] = [
    # Mettler Toledo DIVA Service Manual 6.1.4.2: "STX WW.WWW CR" gross, "N" after it net; emupos: "01.250".
    ("toledo gross", TOLEDO, b"\x0201.250\r", Weight(1250)),
    ("toledo net", TOLEDO, b"\x0200.335N\r", Weight(335, net=True)),
    ("toledo zero is a weight, of nothing", TOLEDO, b"\x0200.000\r", Weight(0)),
    ("toledo with two decimals is pounds", TOLEDO, b"\x02001.25\r", Trouble.UNIT),
    # 6.1.4.3: bit 0 motion, 1 over, 2 under zero, 3 outside zero, 4 at zero, 5 net; 6 is 1, 7 even parity.
    ("toledo moving", TOLEDO, b"\x02?A\r", Trouble.MOVING),
    ("toledo moving, with its parity bit", TOLEDO, b"\x82\x3f\x41\x8d", Trouble.MOVING),
    ("toledo over", TOLEDO, b"\x02?B\r", Trouble.OVER),
    ("toledo over and moving", TOLEDO, b"\x02?C\r", Trouble.OVER),
    ("toledo under zero", TOLEDO, b"\x02?D\r", Trouble.UNDER),
    ("toledo outside its zero range", TOLEDO, b"\x02?H\r", Trouble.FAULT),
    ("toledo by emupos: moving", TOLEDO, b"\x02?\x01\r", Trouble.MOVING),
    ("toledo by emupos: bad command at zero", TOLEDO, b"\x02?\x50\r", Trouble.FAULT),
    ("toledo that means something else", TOLEDO, b"\x02E\r", Trouble.GARBAGE),
    ("toledo with a hole", TOLEDO, b"\x020?.250\r", Trouble.GARBAGE),
    # SMA SCP-0499, Sartorius PR 5220 manual p. 130, "Standard Reply".
    ("sma gross pounds", sma.SMA, b"\n 1G       5.025lb \r", Trouble.UNIT),
    ("sma zero", sma.SMA, b"\nZ1G       0.000kg \r", Weight(0)),
    ("sma after a restart", sma.SMA, b"\n 1G       7.025kg \r", Weight(7025)),
    ("sma moving", sma.SMA, b"\n 1GM      7.650kg \r", Trouble.MOVING),
    ("sma net", sma.SMA, b"\n 1N       0.335kg_\r", Weight(335, net=True)),
    ("sma in grams", sma.SMA, b"\n 1G         335g__\r", Weight(335)),
    ("sma finer than a gram", sma.SMA, b"\n 1n      0.3355kg \r", Weight(336, net=True)),
    ("sma over", sma.SMA, b"\nO1G      15.005kg \r", Trouble.OVER),
    ("sma under", sma.SMA, b"\nU1G      -0.020kg \r", Trouble.UNDER),
    ("sma negative, its tare jar taken off", sma.SMA, b"\n 1N      -0.120kg \r", Trouble.NEGATIVE),
    ("sma zero error", sma.SMA, b"\nE1G  ----------kg \r", Trouble.FAULT),
    ("sma tare error", sma.SMA, b"\nT1G  ----------kg \r", Trouble.FAULT),
    ("sma not on display", sma.SMA, b"\ne1G       0.000kg \r", Trouble.FAULT),
    ("sma unknown command (5.2)", sma.SMA, b"\n?\r", Trouble.FAULT),
    ("sma half", sma.SMA, b"\n 1G  \r", Trouble.GARBAGE),
    ("sma without figures", sma.SMA, b"\n 1G            kg \r", Trouble.GARBAGE),
    # NCI, Avery Weigh-Tronix 7821 p. 25: "<LF>xxxx.xxuu<CR><LF>hh<CR><ETX>"; bits: Fairbanks FB2250 p. 61.
    ("nci weight", sma.NCI, b"\n   1.250KG\r\n00\r\x03", Weight(1250)),
    ("nci at zero", sma.NCI, b"\n   0.000kg\r\n20\r\x03", Weight(0)),
    ("nci moving", sma.NCI, b"\n   1.250KG\r\n10\r\x03", Trouble.MOVING),
    ("nci under", sma.NCI, b"\n  -0.020KG\r\n01\r\x03", Trouble.UNDER),
    ("nci over, carets (NCI 6702 p. 14)", sma.NCI, b"\n^^^^^^^^KG\r\n02\r\x03", Trouble.OVER),
    ("nci carets alone", sma.NCI, b"\n^^^^^^^^KG\r\n00\r\x03", Trouble.OVER),
    ("nci underscores alone", sma.NCI, b"\n________KG\r\n00\r\x03", Trouble.UNDER),
    ("nci dashes: zeroing error", sma.NCI, b"\n--------KG\r\n00\r\x03", Trouble.FAULT),
    ("nci minus", sma.NCI, b"\n  -0.120KG\r\n00\r\x03", Trouble.NEGATIVE),
    ("nci net, by its third byte", sma.NCI, b"\n   0.335KG\r\n0p4\r\x03", Weight(335, net=True)),
    ("nci calibration lost", sma.NCI, b"\n   1.250KG\r\n08\r\x03", Trouble.FAULT),
    ("nci status only (DIVA p. 36)", sma.NCI, b"\nS10\r\x03", Trouble.MOVING),
    ("nci pounds", sma.NCI, b"\n   1.250LB\r\n00\r\x03", Trouble.UNIT),
    ("nci unknown command", sma.NCI, b"\n?\r\x03", Trouble.FAULT),
    ("nci nonsense", sma.NCI, b"\n   1.2.0KG\r\n00\r\x03", Trouble.GARBAGE),
    # CAS PD-II manual p. 23: "SOH STX STA SIGN W5..W0 UN1 UN0 BCC ETX EOT"; all F when over.
    ("cas stable", cas.ECR, b"\x01\x02S 001250kgy\x03\x04", Weight(1250)),
    ("cas with a point (Ohaus Aviator p. 36)", cas.ECR, b"\x01\x02S 01.250kgg\x03\x04", Weight(1250)),
    ("cas moving", cas.ECR, b"\x01\x02U 001250kg\x7f\x03\x04", Trouble.MOVING),
    ("cas negative", cas.ECR, b"\x01\x02S-001250kgt\x03\x04", Trouble.NEGATIVE),
    ("cas overload", cas.ECR, b"\x01\x02SFFFFFFFkg\x19\x03\x04", Trouble.OVER),
    ("cas with a wrong check byte", cas.ECR, b"\x01\x02S 001250kgA\x03\x04", Trouble.GARBAGE),
    ("cas pounds", cas.ECR, b"\x01\x02S 001250lb{\x03\x04", Trouble.UNIT),
    ("cas w: thousandths (uniCenta)", cas.W, b"01250\r", Weight(1250, steady=None)),
    ("cas w: with a point", cas.W, b" 1.250\r", Weight(1250, steady=None)),
    ("cas w: type 2", cas.W, b"\x0201250\x03", Weight(1250, steady=None)),
    ("cas w: negative", cas.W, b"-0.120\r", Trouble.NEGATIVE),
    ("cas w: two figures are no weight", cas.W, b"12\r", Trouble.GARBAGE),
    ("22 bytes: stable", GENERIC, b"ST,GS,\x01\xc4,  0013.5 kg\r\n", Weight(13500)),
    ("22 bytes: net", GENERIC, b"ST,NT,\x01\xc4,+  0.335 kg\r\n", Weight(335, net=True)),
    ("22 bytes: moving", GENERIC, b"US,GS,\x01\xc4,  0013.5 kg\r\n", Trouble.MOVING),
    ("22 bytes: over", GENERIC, b"OL,GS,\x01\xc4,+   99.9 kg\r\n", Trouble.OVER),
    ("22 bytes: minus", GENERIC, b"ST,GS,\x01\xc4,-  0.335 kg\r\n", Trouble.NEGATIVE),
]


@pytest.mark.parametrize(
    ("language", "reply", "answer"), [row[1:] for row in GOLDEN], ids=[r[0] for r in GOLDEN]
)
def test_a_reply_says_what_its_sheet_says(language: Language, reply: bytes, answer: Answer) -> None:
    assert said(language, reply) == answer


def test_a_divisor_makes_kilograms() -> None:
    plain_digits = generic.language("$", r"\$(?P<weight>[0-9]{5})", divisor=1000)
    assert said(plain_digits, b"$01250") == Weight(1250, steady=None)


@pytest.mark.parametrize(
    ("pattern", "words"), [("(", "regular expression"), ("[0-9]+", "weight"), ("(?P<weight>€)", "latin-1")]
)
def test_a_pattern_that_cannot_work_says_why(pattern: str, words: str) -> None:
    with pytest.raises(generic.BadPattern, match=words):
        generic.language("W", pattern)


ALL = {"toledo": TOLEDO, "sma": sma.SMA, "nci": sma.NCI, "cas": cas.ECR, "cas w": cas.W, "22 bytes": GENERIC}


@pytest.mark.parametrize("name", ALL)
@given(noise=st.binary(max_size=40))
def test_no_noise_raises_and_none_weighs_less_than_nothing(name: str, noise: bytes) -> None:
    answer = ALL[name].decode(plain(noise, ALL[name].seven))
    assert isinstance(answer, Trouble | Weight)
    assert answer.grams >= 0 if isinstance(answer, Weight) else answer


@pytest.mark.parametrize("name", ALL)
def test_no_half_of_a_good_reply_is_whole(name: str) -> None:
    language = ALL[name]
    goods = [
        reply for _words, spoken, reply, answer in GOLDEN if spoken is language and isinstance(answer, Weight)
    ]
    assert goods
    for good in goods:
        for end in range(1, len(good)):
            assert language.steps[-1].whole.search(good[:end]) is None


def test_a_scale_that_does_not_say_is_believed_after_three_equal_weights() -> None:
    settling = Settling()
    answers = [Weight(100, None), Weight(335, None), Weight(335, None), Weight(335, None), Weight(334, None)]
    told = [settling.feed(answer) for answer in answers]
    assert told == [*[Trouble.MOVING] * 3, Weight(335), Trouble.MOVING]
    assert settling.feed(Trouble.OVER) is Trouble.OVER
    assert settling.feed(Weight(334, None)) is Trouble.MOVING
    assert settling.feed(Weight(10)) == Weight(10)
