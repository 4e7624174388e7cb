from __future__ import annotations

from tests.tui.conftest import _english, _terminal, import_record, make_app, make_project


__all__ = ["_english", "_terminal", "import_record", "make_app", "make_project"]
