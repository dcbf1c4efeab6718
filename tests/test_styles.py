"""What is cut from a style sheet could match nothing; what might match stays."""

from __future__ import annotations

import pytest

from publishing.styles import trimmed, used_by, without_idle_names

USED = used_by(
    ['<body dir="ltr" data-md-color-primary="custom"><p class="lead wide">Words</p>'],
    ['h("a",{class:"md-made tabbed-set tabbed-labels tabbed-content no-js"})'],
)


@pytest.mark.parametrize(("sheet", "wanted"), [
    (".lead{a:b}", ".lead{a:b}"),
    (".gone{a:b}", ""),
    (".gone,.wide{a:b}", ".wide{a:b}"),
    ("p.gone>a{a:b}", ""),
    (".lead .gone::before{a:b}", ""),
    (".md-made{a:b}", ".md-made{a:b}"),
    ("p{a:b}", "p{a:b}"),
    ("video{a:b}", "video{a:b}"),
    ("#gone{a:b}", "#gone{a:b}"),
    ("p:not(.gone){a:b}", "p:not(.gone){a:b}"),
    (":is(.gone,.lead) b{a:b}", ":is(.gone,.lead) b{a:b}"),
    ("[dir=rtl] p{a:b}", ""),
    ("[dir=\"ltr\"] p{a:b}", "[dir=\"ltr\"] p{a:b}"),
    ("[data-md-color-primary=red]{a:b}", ""),
    ("[data-md-toggle=search]{a:b}", "[data-md-toggle=search]{a:b}"),
    ("[dir]{a:b}", "[dir]{a:b}"),
    (".no-js .lead .tabbed-set>input:first-child~.tabbed-labels>:first-child,.lead{a:b}", ".lead{a:b}"),
    (".lead [role=dialog] .tabbed-set>input{a:b}", ""),
    (".lead table:not([class])+*{a:b}", ""),
    (".tabbed-labels>:nth-child(2){a:b}", ".tabbed-labels>:where(label):nth-child(2){a:b}"),
    (".tabbed-content > :first-child{a:b}", ".tabbed-content > :where(.tabbed-block):first-child{a:b}"),
    ("@media print{.gone{a:b}.lead{a:b}}", "@media print{.lead{a:b}}"),
    ("@media print{@media (x){.gone{a:b}}}", ""),
    ("@supports (a:b){.lead{a:b}}", "@supports (a:b){.lead{a:b}}"),
    ("@font-face{a:b}", "@font-face{a:b}"),
    ("@keyframes gone{to{a:b}}", "@keyframes gone{to{a:b}}"),
    ("/* why */.lead{a:b}", ".lead{a:b}"),
])  # fmt: skip
def test_rules(sheet: str, wanted: str) -> None:
    assert trimmed(sheet, USED) == wanted


def test_tables_without_a_class_are_told_by_the_classes_of_others() -> None:
    """A rule that asks for any class makes a browser look through all that stands in whatever gets its first one."""
    rule = "p table:not([class]) td{a:b}"
    assert trimmed(rule, USED) == rule
    used = used_by(['<table class="wide many">', '<table id="x" class="many">', "<table>"], [])
    assert trimmed(rule, used) == "p table:not(.many,.wide) td{a:b}"


def test_the_order_of_rules_stays() -> None:
    assert trimmed("p{a:b}.gone{a:b}.lead{a:b}p{a:c}", USED) == "p{a:b}.lead{a:b}p{a:c}"


@pytest.mark.parametrize(("sheet", "wanted"), [
    (":root{--idle:1px;--taken:2px}p{a:var(--taken)}", ":root{--taken:2px}p{a:var(--taken)}"),
    (""":root{--idle:url('data:image/svg+xml,<svg d="M1 (2);}">');--taken:2px}p{a:var(--taken)}""", ":root{--taken:2px}p{a:var(--taken)}"),
    ("p{--idle:calc(1px + var(--other))}", "p{}"),
    ("p{--set-by-script:0}", "p{--set-by-script:0}"),
])  # fmt: skip
def test_names_that_nothing_asks_for(sheet: str, wanted: str) -> None:
    assert without_idle_names(sheet, 'style.setProperty("--set-by-script","1px")') == wanted
