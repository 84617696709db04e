"""What sentences of prompts are known to mean: one table, each row with sentences that it reads and sentences that it leaves alone.

In: a sentence. Out: the kind and the fields that say the same, as text of a spec.
Invariant: a row reads a whole sentence or nothing of it, so that what is typed has lost no condition and no exception.
"""

from collections.abc import Iterator

from .answers import ANSWERS
from .deeds import DEEDS
from .forms import fits
from .reading import read

PATTERNS = (*ANSWERS, *DEEDS)


def typed(sentence: str) -> Iterator[tuple[str, str]]:
    """The kinds, each with its fields, that say what `sentence` says; the best first, none where nothing is known."""
    reading = read(sentence)
    for pattern in PATTERNS:
        if pattern.denied not in (None, reading.denied):
            continue
        for form in pattern.forms:
            found = fits(form, reading)
            fields = pattern.fields(found) if found else ""
            if fields:
                yield pattern.kind, fields
