"""Pictures that are drawn while the site is built, from the registers: `/// chart | NAME`.

A chart of ``data/charts.yml`` names what it shows, and never a number: those come from the entries that it names. Each is
a figure with drawings of a fixed size, in the colour of the text, and the same in words below.
"""

from __future__ import annotations

from publishing.charts.block import chart_extension, nearest_chart
from publishing.charts.faults import chart_faults
from publishing.charts.records import Chart, Stock

__all__ = ["Chart", "Stock", "chart_extension", "chart_faults", "nearest_chart"]
