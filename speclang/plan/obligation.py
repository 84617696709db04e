"""What a case is for. The obligation makes the case's ID, so an ID changes only if its purpose does."""

from ..source.records import dataclass


@dataclass(frozen=True, slots=True)
class Obligation:
    """`requirement/technique/detail`: REF-1, boundary, `age=30`; `detail` may be empty and holds no space or slash."""

    requirement: str
    technique: str
    detail: str = ""

    @property
    def id(self) -> str:
        """The stable ID of a case made for this obligation."""
        if self.requirement and self.technique and self.detail:
            return f"{self.requirement}/{self.technique}/{self.detail}"
        return "/".join([part for part in (self.requirement, self.technique, self.detail) if part])
