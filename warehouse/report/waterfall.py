"""A link as a waterfall picture: from where any pair starts, over each piece of evidence, to the sum.

Plain SVG without script, link, font or any address: it can be opened and passed on without asking anybody.

Belongs here: weights in, SVG out. Keep out: where they come from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

WIDTH, ROW, LEFT, TOP = 900, 22, 470, 30
FOR, AGAINST, SUM = "#2f6f9f", "#b5533c", "#555555"


def draw(links: Sequence[Mapping[str, Any]]) -> str:
    """Return an SVG with one waterfall for each link: rows of `report/incident_links.sql`. Bars are match weights, in bits."""
    parts: list[str] = []
    y = TOP
    for link in links:
        y = _one(link, y, parts)
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{y}" font-family="sans-serif" font-size="12">\n{body}\n</svg>\n'
    )


def _one(link: Mapping[str, Any], y: int, parts: list[str]) -> int:
    steps = [("any two reports", link["prior_weight"]), *zip(link["reasons"], link["weights"], strict=True)]
    sums = [sum(weight for _, weight in steps[:end]) for end in range(len(steps) + 1)]
    low, high = min(sums), max(sums)
    scale = (WIDTH - LEFT - 70) / max(1e-9, high - low)
    head = f"{link['left_publisher']} and {link['right_publisher']}: probability {link['match_probability']:.3f}"
    parts.append(f'<text x="10" y="{y}" font-weight="bold">{_safe(head)}</text>')
    for number, (says, weight) in enumerate([*steps, ("sum", sums[-1])]):
        y += ROW
        start, end = (0.0, sums[-1]) if number == len(steps) else (sums[number], sums[number + 1])
        x, width = LEFT + (min(start, end) - low) * scale, max(1.0, abs(end - start) * scale)
        colour = SUM if number == len(steps) else FOR if weight > 0 else AGAINST
        parts.append(f'<text x="{LEFT - 10}" y="{y}" text-anchor="end">{_safe(says)}</text>')
        parts.append(f'<rect x="{x:.1f}" y="{y - 11}" width="{width:.1f}" height="14" fill="{colour}"/>')
        parts.append(f'<text x="{x + width + 4:.1f}" y="{y}">{weight:+.1f}</text>')
    return y + 2 * ROW


def _safe(text: str) -> str:
    return escape("".join(char if char.isprintable() else " " for char in text))
