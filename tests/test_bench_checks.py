"""``python -m publishing bench --checks``: the site that it draws, and what it says of the measures."""

from __future__ import annotations

from pathlib import Path

from publishing.commands import bench_checks
from publishing.commands.bench_checks import Section, cut, draw, large_page, site_report, size_report
from publishing.commands.measured import Build


def test_a_section_is_cut_with_links_that_lead_on_from_any_folder(tmp_path: Path) -> None:
    page = tmp_path / "visit/after.md"
    page.parent.mkdir()
    page.write_text(
        "---\ntitle: x\n---\n# One?\n\nNot taken.\n\n"
        "## Two?\n\n[A](before.md#now), [B](../safety/index.md), [C](#two), [D](https://example.org/a.md)\n\n"
        "/// risk | bruising\n///\n\n## Three?\n\n/// risk-register\n///\n\n## Four? {: #four }\n",
        encoding="utf-8",
    )
    (section,) = cut(page, tmp_path)
    assert section.text.startswith("## Two?\n")
    assert "[A](../visit/before.md#now), [B](../safety/index.md)" in section.text
    assert "[C](../visit/after.md#two), [D](https://example.org/a.md)" in section.text
    assert "/// risk | bruising" in section.text


def test_the_same_pages_are_drawn_each_time_and_are_not_too_long() -> None:
    sections = [Section(f"## Part {number}\n", 100 + number) for number in range(20)]
    pages = list(draw(sections, 5))
    assert pages == list(draw(sections, 5))
    assert len(set(pages)) == 5
    for page in pages:
        drawn = [section for section in sections if section.text in page]
        assert bench_checks.WORDS - 120 < sum(section.words for section in drawn) <= bench_checks.WORDS


def test_a_large_page_gives_no_id_twice(tmp_path: Path) -> None:
    (tmp_path / "drawn-01/page-1").mkdir(parents=True)
    body = '<article data-page-url="a/"><h2 id="a">One</h2><a href="../b/">Two</a></article>'
    (tmp_path / "drawn-01/page-1/index.html").write_text(body, encoding="utf-8")
    html = large_page(tmp_path, 0.001)
    assert 1000 <= len(html) < 1100
    assert html.startswith('<h2 href="#top">One</h2><a href="#top">Two</a>')


def test_the_report_holds_each_measure_against_its_target() -> None:
    plain, ruled = Build(41, 40, 130), Build(70, 68, 260)
    assert list(site_report(plain, ruled, Build(5.125, 6, 120.4))) == [
        "                              seconds  processor    memory  to plain",
        "plain MkDocs                    41.00      40.00    130 MB      1.00",
        "with all rules                  70.00      68.00    260 MB      1.70",
        "check of the built site          5.12       6.00    120 MB      0.15",
        "The check takes 12.5% of the time of that build   target: under 15%, met",
        "(the work of all cores together is 15.0% of its work)",
        "and 120 MB   target: under 300 MB, met",
    ]
    late = list(site_report(plain, ruled, Build(9, 8, 301)))
    assert late[-3:] == [
        "The check takes 22.0% of the time of that build   target: under 15%, NOT met",
        "(the work of all cores together is 20.0% of its work)",
        "and 301 MB   target: under 300 MB, NOT met",
    ]


def test_a_check_that_failed_has_no_share() -> None:
    build = Build(1, 1, 1)
    assert list(site_report(build, build, Build(1, 1, 1, "failed: of itself")))[-1].endswith("failed: of itself")


def test_sizes_are_compared_each_with_the_one_before() -> None:
    assert list(size_report((1, 2), (0.5, 1.1))) == [
        "one page of                   processor  to the one before",
        "1 MB                               0.50",
        "2 MB                               1.10               2.20",
        "Twice the size takes about twice the time where the rules are linear.",
    ]
