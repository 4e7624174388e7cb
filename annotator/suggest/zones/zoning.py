"""The zone of every line of a document: its article, furniture or another article."""

from __future__ import annotations

from annotator.suggest.contract import DocumentView
from annotator.suggest.zones.bodies import find_frame
from annotator.suggest.zones.extracted import with_extracted
from annotator.suggest.zones.heads import zone_head
from annotator.suggest.zones.margins import with_margins
from annotator.suggest.zones.page import read_page
from annotator.suggest.zones.walking import Walk
from annotator.suggest.zones.zoned import Zoned, signed


def zoning(view: DocumentView) -> list[Zoned]:
    """The zone of every line that is not blank, in order. Linear in the text."""
    page = read_page(view)
    frame = find_frame(page)
    if frame is None:
        return [
            signed(line, sign) if sign and not sign.weak else Zoned(line)
            for line, sign in zip(page.lines, page.signs, strict=True)
        ]
    found = with_margins(page, Walk(page, frame, zone_head(page, frame)).zones())
    return found if view.main_text is None else with_extracted(page, frame, found, view.main_text)


_last: list[tuple[DocumentView, list[Zoned]]] = []


def zoning_of(view: DocumentView) -> list[Zoned]:
    """As `zoning`, worked out once for suggesters that ask for the same view one after another."""
    if not _last or _last[0][0] is not view:
        _last[:] = [(view, zoning(view))]
    return _last[0][1]
