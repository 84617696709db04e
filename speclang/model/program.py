"""All features of a project."""

from ..source.records import dataclass
from .feature import Feature


@dataclass(frozen=True, slots=True)
class Program:
    """`features` sorted by name."""

    features: tuple[Feature, ...]
