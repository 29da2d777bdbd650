"""The one base of every error that a person may see: a code, what, where, and what to do."""

from __future__ import annotations

from pipeline.model.addresses import without_secrets


class EvidenceError(Exception):
    """Bad input or a bad environment, told so that a person can act. Not for our own bugs.

    `code` is stable (`E-ARTICLE-3`); `what` one clause; `where` a file, line or address;
    `do` the next step, with the command that helps. Secrets of addresses in them are masked. Survives pickling.
    """

    def __init__(self, code: str, what: str, *, where: str = "", do: str = "") -> None:
        what, where, do = without_secrets(what), without_secrets(where), without_secrets(do)
        super().__init__(code, what, where, do)
        self.code, self.what, self.where, self.do = code, what, where, do

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.code, self.what, self.where, self.do)

    def __str__(self) -> str:
        lines = [f"{self.code}  {self.what}"]
        if self.where:
            lines.append(f"  where: {self.where}")
        if self.do:
            lines.append(f"  do:    {self.do}")
        return "\n".join(lines)


def _rebuild(kind: type[EvidenceError], code: str, what: str, where: str, do: str) -> EvidenceError:
    error = kind.__new__(kind)
    EvidenceError.__init__(error, code, what, where=where, do=do)
    return error
