"""What holds for a whole project, by name."""

from __future__ import annotations

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from annotator.store.tables import SETTING


def get(connection: Connection, name: str, default: str = "") -> str:
    """A setting, or a default where nobody has set it."""
    found = connection.execute(select(SETTING.c.value).where(SETTING.c.name == name)).scalar_one_or_none()
    return default if found is None else str(found)


def put(connection: Connection, name: str, value: str) -> None:
    """Set a setting."""
    upsert = insert(SETTING).values(name=name, value=value)
    connection.execute(upsert.on_conflict_do_update(index_elements=["name"], set_={"value": value}))
