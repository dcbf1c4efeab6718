"""What other programs find on the real site."""

from __future__ import annotations

import json
import re
from pathlib import Path

DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def test_every_twin_keeps_its_way_to_safety(site: Path) -> None:
    twins = sorted(site.rglob("index.md"))
    assert len(twins) == len(list(site.rglob("index.html")))
    for path in twins:
        links = re.findall(r"\]\(([^)#?\s]+\.md)", path.read_text(encoding="utf-8"))
        for link in links:
            assert (path.parent / link).resolve().is_file(), f"{path}: {link}"
        targets = {(path.parent / link).resolve().relative_to(site.resolve()).parts[0] for link in links}
        assert "safety" in targets | {path.relative_to(site).parts[0]}, path


def test_pages_say_what_they_are_and_claim_no_review(site: Path) -> None:
    found = 0
    for path in site.rglob("index.html"):
        page = path.read_text(encoding="utf-8")
        assert page.count('property="og:title"') == 1 and "og:url" not in page, path
        for text in DATA.findall(page):
            about = json.loads(text)
            found += 1
            assert about["@type"] == "MedicalWebPage" and about["dateModified"] and about["headline"]
            assert not {"reviewedBy", "lastReviewed", "url"} & about.keys(), path
    assert found > 20


def test_the_output_holds_no_source_maps_and_lists_its_pages(site: Path) -> None:
    assert list(site.rglob("*.map")) == [] and not (site / "assets/javascripts/lunr").exists()
    assert (site / "llms.txt").read_text(encoding="utf-8").count("/index.md): ") >= 20
    assert (site / "robots.txt").is_file() and (site / "assets/images/social.png").is_file()
