"""One table of `sources.toml` while it is checked: its fields, each asked for once, and errors that name the line."""

from __future__ import annotations

import difflib
import math
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.sources.errors import ConfigError


@dataclass(slots=True)
class Table:
    """One table of the file while it is being checked; finds the line of a field for messages."""

    path: Path
    lines: list[str]
    first_line: int
    values: dict[str, Any]
    known: set[str] = field(default_factory=set)

    def line_of(self, name: str) -> int:
        """The line of a field, counted from 1; that of the table's head where the field is not written."""
        for number in range(self.first_line, len(self.lines)):
            text = self.lines[number]
            if number > self.first_line and text.lstrip().startswith("["):
                break
            if re.match(rf"\s*{re.escape(name)}\s*=", text):
                return number + 1
        return self.first_line + 1

    def fail(self, code: str, name: str, what: str, do: str) -> ConfigError:
        """The error for a field, with the place to mend."""
        return ConfigError(code, f"{name}: {what}", where=f"{self.path}, line {self.line_of(name)}", do=do)

    def take(self, name: str, kind: type | tuple[type, ...], default: Any, wanted: str) -> Any:
        """The value of a field, checked to be a `kind` (said as `wanted`); the default where it is not written. Raises ConfigError."""
        self.known.add(name)
        if name not in self.values:
            return default
        value = self.values[name]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.fail("E-CONFIG-3", name, f"{value!r} is not {wanted}", f"write {wanted}")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; empty where it is not written. Raises ConfigError."""
        value = self.take(name, list, [], "a list of texts")
        if any(not isinstance(item, str) for item in value):
            raise self.fail("E-CONFIG-3", name, "not every entry is a text", "write a list of texts")
        return tuple(value)

    def one_of(self, name: str, allowed: tuple[str, ...]) -> str | None:
        """A text out of `allowed`; None where it is not written. Raises ConfigError."""
        value = self.take(name, str, None, "one of " + ", ".join(allowed))
        if value is not None and value not in allowed:
            raise self.fail("E-CONFIG-4", name, f"{value!r} is unknown", "write one of " + ", ".join(allowed))
        return value  # type: ignore[no-any-return]

    def number(self, name: str, default: float, *, at_least: float) -> Any:
        """A finite number, `at_least` or more. Raises ConfigError."""
        value = self.take(name, (int, float), default, "a number")
        if not (at_least <= value < math.inf):  # nor is "nan" a number
            raise self.fail(
                "E-CONFIG-5", name, f"{value} is too small or no number", f"write {at_least} or more"
            )
        return value

    def whole(self, name: str, default: int, *, at_least: int) -> int:
        """A whole number, `at_least` or more. Raises ConfigError."""
        value = self.take(name, int, default, "a whole number")
        return int(self.number(name, value, at_least=at_least))

    def finish(self) -> None:
        """Raises ConfigError for a field that nobody took: it is no field of this table."""
        for name in self.values:
            if name not in self.known:
                near = difflib.get_close_matches(name, self.known, n=1)
                hint = f"did you mean {near[0]}?" if near else "fields here: " + ", ".join(sorted(self.known))
                raise self.fail("E-CONFIG-2", name, "no such field", hint)
