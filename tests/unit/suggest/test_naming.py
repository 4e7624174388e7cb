from __future__ import annotations

from typing import Any

import pytest

from annotator.errors import UsageError
from annotator.suggest.naming import check_name, origin_of
from tests.support.suggesters import Fixed


@pytest.mark.parametrize("name", ["furniture", "a", "0", "copy:doc-1", "my.model_2"])
def test_a_name_of_lower_case_letters_digits_and_signs_is_good(name: str) -> None:
    assert check_name(name) == name


@pytest.mark.parametrize("name", ["", "Furniture", "a b", "a@1", "-a", "مصدر", "a\n", "x" * 61, None, 3])
def test_another_name_is_refused(name: Any) -> None:
    with pytest.raises(UsageError, match="no name for a suggester"):
        check_name(name)


def test_the_origin_is_name_and_version() -> None:
    assert origin_of(Fixed(name="furniture", version="1.2+b3")) == "furniture@1.2+b3"


@pytest.mark.parametrize("version", ["", "1 2", "1@2", "1\n", "x" * 61, "1\x00", None, 1])
def test_another_version_is_refused(version: Any) -> None:
    with pytest.raises(UsageError, match="no version of a suggester"):
        origin_of(Fixed(version=version))
