"""The fields of an answer that comes from other people's code: taken only where they have the right type."""

from __future__ import annotations

import math
import re
import sys
from numbers import Integral, Real

from annotator.errors import OperationError


LONGEST = 300
"""Code points of a reason, a piece of evidence, a value or a refusal; the rest is cut off."""

_LINE_BREAKS = re.compile("[\t\n\v\f\r\x85\u2028\u2029]+")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def kind_of(value: object) -> str:
    """What a thing is, for a refusal."""
    return f"of type {type(value).__name__}"


def as_string(what: str, value: object) -> str:
    """A string; anything else raises OperationError, as in the functions below."""
    if not isinstance(value, str):
        raise OperationError(f"its {what} is no string but {kind_of(value)}")
    return value


def as_whole(what: str, value: object) -> int:
    """A number of any type for whole numbers, numpy's included."""
    if not isinstance(value, Integral) or isinstance(value, bool):
        raise OperationError(f"its {what} is no whole number but {kind_of(value)}")
    number = int(value)
    if abs(number) > sys.maxsize:  # one that is too long to be shown
        raise OperationError(f"its {what} lies far outside the text")
    return number


def as_score(value: object) -> float | None:
    """A number from 0 to 1 of any type for real numbers, or None."""
    if value is None:
        return None
    if not isinstance(value, Real) or isinstance(value, bool):
        raise OperationError(f"its score is no number but {kind_of(value)}")
    try:
        score = float(value)
    except OverflowError:
        score = math.inf
    if not 0 <= score <= 1:  # as NaN is not
        raise OperationError("its score is not from 0 to 1")
    return score


def tidy(text: str) -> str:
    """A string that is short, on one line, and that a file or a database can hold."""
    return _UNPRINTABLE.sub("\ufffd", _LINE_BREAKS.sub(" ", text[:LONGEST]))
