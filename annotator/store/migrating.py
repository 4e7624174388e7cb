"""Bringing an older database up to date. Loads Alembic, so it is imported only when that is due."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config

from annotator.errors import StoreError
from annotator.store.backup import backup
from annotator.store.engine import Store


SCRIPTS = Path(__file__).parent / "migrations"


def migrate(store: Store, revision: str, scripts: Path = SCRIPTS) -> Path:
    """Bring the tables up to date in one transaction, after a verified backup beside the database.

    Returns:
        The backup.

    Raises:
        StoreError: The migration failed; the database is as it was.
    """
    copy = store.path.with_name(f"{store.path.name}.{revision}.{datetime.now(UTC):%Y%m%dT%H%M%S%f}.bak")
    backup(store, copy)
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    engine = store.engine
    with engine.connect() as connection:
        # With foreign keys on, Alembic's copy-and-move of a table would delete what refers to it;
        # the switch does nothing inside a transaction.
        driver = connection.connection.driver_connection
        assert driver is not None  # noqa: S101
        driver.execute("PRAGMA foreign_keys = OFF")
        try:
            connection.execution_options(annotator_writes=True)
            with connection.begin():
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                if broken:
                    raise StoreError(f"rows of {broken[0][0]} lost what they refer to")
        except Exception as error:
            raise StoreError(
                f"{store.path}: the migration from tables {revision} failed ({type(error).__name__}); nothing changed",
                hint=f"A backup was made: {copy}",
            ) from error
        finally:
            driver.execute("PRAGMA foreign_keys = ON")
    return copy
