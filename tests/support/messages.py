"""The texts of the screens: gathered from the code, merged into the translations, and compiled.

`python -m tests.support.messages` (or `make messages`) does all of it. New texts come without a translation, which a
test then reports.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from annotator.tui.language import CATALOGUES


ROOT = Path(__file__).parents[2]
CODE = ROOT / "annotator"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "OperationError": None}
PO = CATALOGUES / "ar" / "LC_MESSAGES" / "annotator.po"
MO = PO.with_suffix(".mo")
WHENEVER = datetime(2026, 1, 1, tzinfo=UTC)


def gathered() -> Catalog:
    """All texts in the code that a screen may show, with the files that they stand in."""
    catalog = Catalog(project="annotator", charset="utf-8")
    for file, _line, message, comments, _context in extract_from_dir(
        str(CODE), [("**.py", "python")], keywords=KEYWORDS, comment_tags=("Translators:",)
    ):
        catalog.add(message, locations=[(f"annotator/{file}", 0)], auto_comments=comments)
    return catalog


def translation() -> Catalog:
    """The Arabic translation as it stands in the file."""
    with PO.open("rb") as file:
        return read_po(file, locale="ar")


def merged() -> Catalog:
    """The translation with the present texts of the code: new ones empty, others gone."""
    catalog = translation() if PO.exists() else Catalog(locale="ar")
    catalog.update(gathered(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def po_bytes(catalog: Catalog) -> bytes:
    """A catalogue as its file holds it: without line numbers, which would change with every edit."""
    file = io.BytesIO()
    write_po(file, _settled(catalog), width=120, sort_output=True, include_lineno=False)
    return file.getvalue()


def mo_bytes(catalog: Catalog) -> bytes:
    """A catalogue as gettext reads it."""
    file = io.BytesIO()
    write_mo(file, _settled(catalog))
    return file.getvalue()


def _settled(catalog: Catalog) -> Catalog:
    """The catalogue with a head that says nothing of the moment and the machine."""
    catalog.project, catalog.version = "annotator", "1"
    catalog.header_comment = "# The screens of annotator in Arabic. GPL-3.0-or-later."
    catalog.creation_date = catalog.revision_date = WHENEVER
    catalog.msgid_bugs_address = catalog.last_translator = catalog.language_team = "annotator"
    catalog.fuzzy = False
    return catalog


def untranslated(catalog: Catalog) -> Iterator[str]:
    """The texts without a translation, or with one that is only guessed."""
    for message in catalog:
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and (message.fuzzy or not all(strings)):
            yield message.id if isinstance(message.id, str) else message.id[0]


def main() -> None:
    """Gather, merge, compile, and say what is missing."""
    catalog = merged()
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(po_bytes(catalog))
    MO.write_bytes(mo_bytes(translation()))
    for text in untranslated(catalog):
        print(f"not translated: {text}")


if __name__ == "__main__":
    main()
