"""What a stage returns: its value and what it found on the way."""

from typing import Generic, TypeVar

from ..source.records import dataclass, field
from .diagnostic import Diagnostic

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Result(Generic[T]):
    """`value` is always there, with broken parts left out; `diagnostics` say what was left out and why."""

    value: T
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(slots=True)
class Collector:
    """Gathers the diagnostics of one call of one pass; lives no longer than the call."""

    found: list[Diagnostic] = field(default_factory=list[Diagnostic])

    def add(self, diagnostic: Diagnostic) -> None:
        """Keep one finding."""
        self.found.append(diagnostic)

    def take(self, result: Result[T]) -> T:
        """Keep the findings of `result` and hand on its value."""
        self.found.extend(result.diagnostics)
        return result.value

    def result(self, value: T) -> Result[T]:
        """`value` with all that was gathered."""
        return Result(value, tuple(self.found))
