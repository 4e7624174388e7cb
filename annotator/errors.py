"""Every error that a user can meet.

AnnotatorError
├── UsageError        the command or its arguments are wrong
├── SchemaError       a schema file is wrong: file, line, column, key
├── DataError         input that cannot be read or stored: file, line
├── OffsetError       an offset outside its text
├── OperationError    a change that the schema or the present state refuses
├── StoreError        the database cannot be opened, read or written
└── TerminalError     the program cannot run in this terminal
"""

from __future__ import annotations


def N_(text: str) -> str:  # noqa: N802  # gettext's own name
    """Mark a text that the screens translate when they show it."""
    return text


class AnnotatorError(Exception):
    """What went wrong in one sentence, and in `hint` what to do about it.

    Attributes:
        message: The sentence.
        template: The sentence with {names} in the places of `values`, for the screens to translate; where there are
            no values, the sentence itself.
        hint: What to do, or "".
    """

    def __init__(self, template: str, *, hint: str = "", **values: object) -> None:
        self.message = template.format(**values) if values else template
        super().__init__(self.message)
        self.template, self.values = template, values
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}" if self.hint else self.message

    @property
    def one_line(self) -> str:
        """Message and hint on one line."""
        return f"{self.message}. {self.hint}" if self.hint else self.message


class UsageError(AnnotatorError):
    """The command or its arguments are wrong."""


class SchemaError(AnnotatorError):
    """A schema is wrong.

    Attributes:
        source: File name, or "" where there is none.
        line: 1-based line, 0 if unknown.
        column: 1-based column, 0 if unknown.
        key: Dotted path of the offending key, such as `labels.0.colour`.
    """

    def __init__(
        self, message: str, *, hint: str = "", source: str = "", line: int = 0, column: int = 0, key: str = ""
    ) -> None:
        place = ":".join(str(part) for part in (source, line or "", column or "") if part != "")
        super().__init__(": ".join(part for part in (place, key, message) if part), hint=hint)
        self.source, self.line, self.column, self.key = source, line, column, key


class DataError(AnnotatorError):
    """Input that cannot be read or stored.

    Attributes:
        source: File name.
        line: 1-based line of a JSONL file, 0 where the whole file is meant.
    """

    def __init__(self, message: str, *, hint: str = "", source: str = "", line: int = 0) -> None:
        place = f"{source}:{line}" if line else source
        super().__init__(f"{place}: {message}" if place else message, hint=hint)
        self.reason, self.source, self.line = message, source, line


class OffsetError(AnnotatorError):
    """An offset outside its text."""


class OperationError(AnnotatorError):
    """A change that the schema or the present state refuses."""


class StoreError(AnnotatorError):
    """The database cannot be opened, read or written."""


class TerminalError(AnnotatorError):
    """The program cannot run in this terminal."""
