"""Take figures out of a document again, with the reason.

Belongs here: removing figures so that the links between those that stay remain true. Keep out: why a figure is left out.
"""

from __future__ import annotations

from transforms.reading.document import Document, Dropped


def leave_out(document: Document, reasons: list[str | None]) -> Document:
    """Remove every figure that has a reason (None: it stays); each is noted as dropped. One reason for each figure, in their order."""
    if not any(reasons):
        return document
    kept = [i for i, reason in enumerate(reasons) if reason is None]
    new_index = {old: new for new, old in enumerate(kept)}
    for figure, reason in zip(document.figures, reasons, strict=True):
        if reason is not None:
            document.dropped.append(Dropped(figure.in_title, figure.char_start, figure.char_end, reason))
        figure.part_of = new_index.get(figure.part_of) if figure.part_of is not None else None
        figure.supersedes = new_index.get(figure.supersedes) if figure.supersedes is not None else None
    document.figures = [document.figures[i] for i in kept]
    return document
