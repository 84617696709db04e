"""Where a piece of an artifact comes from."""

from ..source import records
from ..source.span import Span


@records.dataclass(frozen=True, slots=True)
class Origin:
    """`owner` is a requirement's ID or a declaration's key (`given age`, `tool lookup_order`, `feature refunds`).

    `field` is the field of it (`must`, `when`, `name`; "" for wording that the compiler supplies for it). `span` is the text
    of the spec that was rendered; for supplied wording, the owner's head.
    """

    owner: str
    field: str
    span: Span = records.field(repr=False)
