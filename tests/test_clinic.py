"""The clinic's own file: what is taken, and what is refused and named; then a block filled from it in a real build."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from publishing.clinic import Clinic, load_clinic
from publishing.clinic_block import numbers
from publishing.clinics import load_clinics
from publishing.logo import LogoFault, read_logo
from publishing.records import Faults
from tests.conftest import ROOT, Built
from tests.filled import cases


@pytest.mark.parametrize("case", cases("clinic"))
def test_case(case: dict[str, Any], tmp_path: Path) -> None:
    """``file`` gives ``faults``, or a clinic with ``fields``; ``repeated`` fills it with many letters."""
    letter, times = case.get("repeated", ("", 0))
    text = case["file"].replace("REPEATED", letter * times)
    (tmp_path / "clinic.yml").write_text(text, encoding="utf-8", newline="")
    if "faults" in case:
        with pytest.raises(Faults) as raised:
            load_clinic(tmp_path, "clinic.yml")
        assert [str(fault) for fault in raised.value.findings] == case["faults"]
        return
    clinic = load_clinic(tmp_path, "clinic.yml")
    assert {name: getattr(clinic, name) for name in case["fields"]} == case["fields"]


def test_the_file_that_ships_has_every_field_and_all_of_them_empty() -> None:
    clinic = load_clinic(ROOT, "data/clinic.yml")
    assert clinic.is_empty
    shipped = (ROOT / "data/clinic.yml").read_text(encoding="utf-8")
    assert all(f"\n{name}:\n" in shipped for name in Clinic.__slots__ if name != "path")


def test_a_file_that_nobody_named_may_be_absent(tmp_path: Path) -> None:
    assert load_clinic(tmp_path, "clinic.yml").is_empty
    with pytest.raises(Faults, match=r"north\.yml: clinic-field: the clinic's file is not there"):
        load_clinics(tmp_path, "clinic.yml", named="north.yml")


# ---- Logos ----


@pytest.mark.parametrize("case", cases("logo"))
def test_a_drawing(case: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text(case["svg"], encoding="utf-8")
    if "fault" not in case:
        assert read_logo(tmp_path, "logo.svg").content == case["svg"].encode()
        return
    with pytest.raises(LogoFault) as raised:
        read_logo(tmp_path, "logo.svg")
    assert str(raised.value) == case["fault"]


def test_a_drawing_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_bytes('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"/>'.encode("utf-16"))
    with pytest.raises(LogoFault, match="is not UTF-8 text"):
        read_logo(tmp_path, "logo.svg")


def png(width: int = 4, height: int = 4, *, drawn: bytes | None = None, more: bytes = b"", kind: int = 2) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    pixels = (b"\0" + b"\x20\x60\x80" * width) * height if drawn is None else drawn
    head = struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + more + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(("content", "fault"), [
    (png(50_000, 50_000, drawn=b"\0" * 100), "50,000 by 50,000 pixels"),
    (png(drawn=bytes(40_000_000)), "does not hold the pixels that it announces"),
    (png(drawn=b""), "does not hold the pixels that it announces"),
    (png(400, 4), "8 times as long"),
    (png(kind=5), "rare kind"),
    (png()[:-6], "not a whole PNG"),
    (png()[:40] + b"x" + png()[41:], "damaged"),
    (b"GIF89a", "not a whole PNG"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a whole PNG"),
    (b"", "not a whole PNG"),
])  # fmt: skip
def test_a_broken_or_hostile_png_is_refused(content: bytes, fault: str, tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(content)
    with pytest.raises(LogoFault, match=fault):
        read_logo(tmp_path, "logo.png")


def test_of_a_png_only_its_pixels_are_kept(tmp_path: Path) -> None:
    note = b"tEXtComment\0where the photograph was taken"
    more = struct.pack(">I", len(note) - 4) + note + struct.pack(">I", zlib.crc32(note))
    (tmp_path / "logo.png").write_bytes(png(more=more))
    assert read_logo(tmp_path, "logo.png").content == png()


def test_fifty_megabytes_are_not_even_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "logo.png").open("wb") as file:
        file.truncate(50_000_000)
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail("was read"))
    with pytest.raises(LogoFault, match=r"has 50\.0 MB, and 1 MB is enough"):
        read_logo(tmp_path, "logo.png")


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.svg").write_text("<svg/>", encoding="utf-8")
    (tmp_path / "clinics").mkdir()
    (tmp_path / "clinics/logo.svg").symlink_to(tmp_path / "secret.svg")
    with pytest.raises(LogoFault, match="leads out of the folder"):
        read_logo(tmp_path / "clinics", "logo.svg")


@pytest.mark.parametrize("name", ["logo.jpg", "logo", "logo.svg.exe"])
def test_other_kinds_are_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(png())
    with pytest.raises(LogoFault, match="neither SVG nor PNG"):
        read_logo(tmp_path, name)


# ---- A folder of clinics ----


def test_all_faults_of_all_files_come_at_once(tmp_path: Path) -> None:
    (tmp_path / "clinics").mkdir()
    for name, text in {
        "north": "phone: none\n",
        "South Street": "name: South\n",
        "west": "logo: a.png\nnmae: x\n",
    }.items():
        (tmp_path / f"clinics/{name}.yml").write_text(text, encoding="utf-8")
    (tmp_path / "own.yml").write_text("web: here\n", encoding="utf-8")
    with pytest.raises(Faults) as raised:
        load_clinics(tmp_path, "own.yml", folder="clinics/")
    assert [str(fault).partition(": ")[0] for fault in raised.value.findings] == [
        "clinics/South Street.yml", "clinics/north.yml:1", "clinics/west.yml:1", "clinics/west.yml:2", "own.yml:1",
    ]  # fmt: skip


def test_a_folder_without_clinics_is_a_slip(tmp_path: Path) -> None:
    with pytest.raises(Faults, match="clinics: clinic-name: holds no clinic"):
        load_clinics(tmp_path, "", folder="clinics")


# ---- On a page ----

BLOCK = "# Home\n\n/// clinic-numbers\n///\n"


def test_a_page_shows_the_numbers(build: Callable[..., Built], tmp_path: Path) -> None:
    text = "name: <b>Example</b> & Sons\nphone: +44 113 496 0000\nout_of_hours: Dr X, 0113 496 0001\nemergency: 999\n"
    (tmp_path / "clinic.yml").write_text(text, encoding="utf-8")
    built = build({"index.md": BLOCK}, {"clinic": "clinic.yml"})
    page = (built.site / "index.html").read_text(encoding="utf-8")
    assert "<strong>&lt;b&gt;Example&lt;/b&gt; &amp; Sons</strong>" in page
    assert '<a href="tel:+441134960000">+44 113 496 0000</a>' in page
    assert '<td>In an emergency</td><td><a href="tel:999">999</a></td>' in page
    assert "<td>Dr X, 0113 496 0001</td>" in page
    assert "to-write" not in page


def test_a_page_of_no_clinic_asks_for_the_numbers(build: Callable[..., Built]) -> None:
    built = build({"index.md": BLOCK}, {"clinic": "clinic.yml"})
    page = (built.site / "index.html").read_text(encoding="utf-8")
    assert "ask the clinic for its numbers" in page
    assert page.count('class="to-write"') == 3


def test_the_variable_names_another_file(
    build: Callable[..., Built], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "other.yml").write_text("phone: 0113 496 0000\n", encoding="utf-8")
    monkeypatch.setenv("CLINIC", str(tmp_path / "other.yml"))
    assert "0113 496 0000" in (build({"index.md": BLOCK}, {"clinic": "clinic.yml"}).site / "index.html").read_text(
        "utf-8"
    )
    monkeypatch.setenv("CLINIC", "none.yml")
    assert (
        "none.yml: clinic-field: the clinic's file is not there"
        in build({"index.md": BLOCK}, {"clinic": "clinic.yml"}).errors
    )


def test_a_wrong_file_publishes_nothing(build: Callable[..., Built], tmp_path: Path) -> None:
    (tmp_path / "clinic.yml").write_text("phone: none\n", encoding="utf-8")
    built = build({"index.md": BLOCK}, {"clinic": "clinic.yml"})
    assert built.failed and not built.site.exists()
    assert built.errors.startswith("clinic.yml:1: clinic-field: 'phone' is 'none'")


def test_numbers_that_no_phone_can_dial_are_words() -> None:
    assert "tel:" not in numbers(Clinic(phone="0113 496 0000 (9 to 5)"))
