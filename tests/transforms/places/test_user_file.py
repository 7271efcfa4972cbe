"""A user's own gazetteer: CSV, GeoNames dump, zip, and what is said of a broken one."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from transforms.errors import InputError
from transforms.places.user_file import check_user_file, read_user_file

HEADER = "name,lat,lon,country,admin1,precision,alternate_names,wins\n"
CODES = {"SY.12": "Idlib"}


def _dump_line(geoname_id: str, name: str, feature: str = "P", code: str = "PPL", other: str = "") -> str:
    cells = [
        geoname_id,
        name,
        name,
        other,
        "35.93",
        "36.63",
        feature,
        code,
        "SY",
        "",
        "12",
        "",
        "",
        "",
        "4200",
        "",
        "400",
        "Asia/Damascus",
        "2020-01-01",
    ]
    return "\t".join(cells) + "\n"


def test_a_csv_gives_places_with_names_and_precision(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(HEADER + "Upper Mill,36.1,36.9,sy,Aleppo,point,Mill Hill|Tahuna,yes\n", encoding="utf-8")
    (entry,) = read_user_file(file, {})
    place = entry.place
    assert (place.name, place.precision, place.country, place.lat, place.lon, place.gazetteer) == (
        "Upper Mill",
        "point",
        "SY",
        36.1,
        36.9,
        "mine",
    )
    assert entry.names == ("Upper Mill", "Mill Hill", "Tahuna")
    assert entry.wins


@pytest.mark.parametrize("zipped", [False, True])
def test_a_geonames_dump_is_read_as_it_is_or_zipped(tmp_path: Path, zipped: bool) -> None:
    text = (
        _dump_line("900001", "Binnish Farms", other="Mazari' Binnish,مزارع")
        + _dump_line("900002", "Wadi", "H", "WAD")
        + _dump_line("9", "Pl", "R", "RD")
    )
    file = tmp_path / "SY.txt"
    file.write_text(text, encoding="utf-8")
    if zipped:
        with zipfile.ZipFile(tmp_path / "SY.zip", "w") as archive:
            archive.write(file, "SY.txt")
            archive.writestr("readme.txt", "x" * 10_000)
        file = tmp_path / "SY.zip"
    first, second = read_user_file(file, CODES)
    assert (first.place.gazetteer, first.place.gazetteer_id, first.place.admin1, first.place.precision) == (
        "geonames",
        "900001",
        "Idlib",
        "town",
    )
    assert first.names == ("Binnish Farms", "Mazari' Binnish")
    assert second.place.precision == "point"
    assert not first.wins


def test_rows_and_places_are_counted_and_a_file_without_a_place_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "SY.txt"
    file.write_text(_dump_line("1", "A") + _dump_line("2", "Road", "R", "RD"), encoding="utf-8")
    assert check_user_file(file) == (2, 1)
    file.write_text(_dump_line("2", "Road", "R", "RD"), encoding="utf-8")
    with pytest.raises(InputError, match="holds no place among its 1 rows"):
        check_user_file(file)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,lat,lon\nA,1,2\n", "country"),
        (HEADER + "A,95,2,SY,,,,\n", "line 2, column lat: must be a number between -90 and 90, not '95'"),
        (HEADER + "A,1,2,SY,,,,\nB,one,2,SY,,,,\n", "line 3, column lat"),
        (HEADER + "A,nan,2,SY,,,,\n", "line 2, column lat"),
        (HEADER + "A,1,,SY,,,,\n", "line 2, column lon"),
        (HEADER + ",1,2,SY,,,,\n", "line 2, column name"),
        (HEADER + "A,1,2,SY,,,,,,\n", "line 2: more cells than the header"),
        ("id,name,lat,lon,country\n7,A,1,2,SY\n7,B,1,2,SY\n", "line 3, column id: '7' stands in line 2 too"),
        (_dump_line("1", "A") + _dump_line("x", "A"), "line 2, column 1"),
        (_dump_line("1", "A").replace("35.93", "95"), "line 1, column 5 .latitude.: must be a number between -90 and 90"),
        (_dump_line("1", "A").replace("SY", "SYR"), "line 1, column 9"),
        (HEADER + "A,1,2,Syria,,,,\n", "two letters"),
        (HEADER + "A,1,2,SY,,village,,\n", "column precision: 'village'"),
        (_dump_line("1", "A") + "1\tA\n", "line 2: a GeoNames dump has 19"),
        ("", "columns"),
    ],
)
def test_a_broken_file_is_told_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "broken.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        list(read_user_file(file, {}))


def test_other_bytes_and_missing_files_are_wrong_use(tmp_path: Path) -> None:
    file = tmp_path / "bytes.csv"
    file.write_bytes(b"name,lat,lon,country\n\xff\xfe\xfa,1,2,SY\n")
    with pytest.raises(InputError, match="no readable UTF-8"):
        list(read_user_file(file, {}))
    with pytest.raises(InputError, match="does not exist"):
        list(read_user_file(tmp_path / "none.csv", {}))
    (tmp_path / "x.zip").write_bytes(b"no zip")
    with pytest.raises(InputError, match="no readable"):
        list(read_user_file(tmp_path / "x.zip", {}))
