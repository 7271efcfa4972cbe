"""Foreign texts are known as such; English is never taken for anything else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.ingest.language import language_of

ENGLISH = "At least twelve civilians were killed and thirty others injured on Monday in an air strike on a market, the civil defence said."
ARABIC = "قتل اثنا عشر مدنيا على الأقل وأصيب ثلاثون آخرون في غارة جوية استهدفت سوقا شعبيا في المدينة يوم الاثنين، حسبما أفاد الدفاع المدني."
FOREIGN = {
    "ar": ARABIC,
    "fr": "Au moins douze civils ont été tués et trente autres blessés lundi dans un raid aérien contre un marché de la ville.",
    "es": "Al menos doce civiles murieron y treinta resultaron heridos el lunes en un ataque aéreo contra un mercado de la ciudad.",
    "de": "Mindestens zwölf Zivilisten wurden am Montag bei einem Luftangriff auf einen Markt getötet, teilte der Zivilschutz mit.",
    "nl": "Bij een luchtaanval op een markt in de stad zijn maandag minstens twaalf burgers gedood en dertig gewond geraakt.",
    "ru": "По меньшей мере двенадцать мирных жителей погибли и тридцать были ранены в понедельник при авиаударе по рынку.",
    "uk": "Щонайменше дванадцятеро цивільних загинули і тридцятеро були поранені в понеділок внаслідок авіаудару по ринку.",
    "tr": "Pazartesi günü kentteki bir pazara düzenlenen hava saldırısında en az on iki sivil öldü, otuz kişi yaralandı.",
    "fa": "دست‌کم دوازده غیرنظامی در حمله هوایی روز دوشنبه به بازاری در شهر کشته و سی نفر دیگر زخمی شدند.",
    "he": "לפחות שנים עשר אזרחים נהרגו ושלושים נפצעו ביום שני בתקיפה אווירית על שוק בעיר, כך מסרה ההגנה האזרחית.",
    "zh": "民防部门称，周一该市一处市场遭空袭，至少十二名平民丧生，另有三十人受伤。当地医院表示，伤者中有许多妇女和儿童。",
    "so": "Ugu yaraan laba iyo toban qof oo rayid ah ayaa lagu dilay, soddon kalena waa lagu dhaawacay Isniintii duqeyn.",
    "sw": "Raia wasiopungua kumi na wawili waliuawa na thelathini kujeruhiwa siku ya Jumatatu katika shambulio la anga.",
}


def of(text: str) -> str | None:
    return language_of(text, [(0, len(text))])


@pytest.mark.parametrize("code", FOREIGN)
def test_a_sentence_and_an_article_of_another_language_are_known(code: str) -> None:
    assert of(FOREIGN[code]) == code
    assert of(FOREIGN[code] * 30) == code


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        ENGLISH.upper(),
        "BAGHDAD, 3 MAR (INA) -- THE ARMY SAID THAT SIX SOLDIERS WERE KILLED FROM SHELLING.",
    ],
)
def test_english_is_known_in_upper_case_too(text: str) -> None:
    assert of(text) == "en"


@pytest.mark.parametrize(
    "text",
    [
        "Boko Haram attacks Dumbulwa, kills nine.",
        "3 morts",
        "12 / 45 / 7",
        "",
        "   ",
        "Net 1,244,000 vs 2,100,000, Revs 3.1 mln vs 2.9 mln",
    ],
    ids=str,
)
def test_short_and_odd_texts_are_left_open_so_that_they_are_read(text: str) -> None:
    assert of(text) in (None, "en")


@pytest.mark.parametrize(
    "text", [f"{ARABIC}\n{ENGLISH}", f"{ENGLISH}\n{ARABIC}", f"{ARABIC * 20}\n{ENGLISH * 4}", f"{ENGLISH}\n{ARABIC * 4}"]
)
def test_a_text_with_a_good_part_of_english_is_read(text: str) -> None:
    assert of(text) == "en", "the reader leaves the rest alone; what is written in English must not be lost"


def test_only_the_body_counts_not_the_furniture_around_it() -> None:
    text = f"{ARABIC}\n{ENGLISH}"
    assert language_of(text, [(0, len(ARABIC))]) == "ar"


@settings(max_examples=100)
@given(st.text(st.characters(codec=None, categories=None), max_size=300))
def test_no_text_crashes_it(text: str) -> None:
    assert of(text) is None or len(of(text) or "") in (2, 3)
