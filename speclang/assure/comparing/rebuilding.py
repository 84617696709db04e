"""A project as it was when it was run: compiled again from the texts that the run's envelope names.

In: the project of today, an envelope, a store. Out: what it compiled to, with the prompts that were asked.
Invariant: nothing is written; no code is loaded that the settings of today do not name.
"""

from ...diagnostics.diagnostic import has_errors
from ...diagnostics.result import Result
from ...engine.compiling import Opened, open_home
from ...engine.judging.ledger import judged
from ...project.config import Home
from ...project.overlay import Bare, Overlaid
from ...run.store.database import Store
from ...source.hashing import digest
from ...source.records import dataclass
from ...source.text import SourceText
from .envelope import Envelope, config


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """`project` as it was, None where it can't be had again: `why` says what keeps it. `texts` are those that are kept, by their hashes."""

    project: Opened | None
    why: str
    texts: dict[str, str]


def rebuilt(today: Opened, found: Envelope, store: Store) -> Rebuilt:
    """The project that was run within `found`."""
    texts = store.details.texts(found.texts)
    missing = [name for name, hash in found.sources if hash not in texts]
    if missing:
        return Rebuilt(None, f"the text of {missing[0]} is not kept any more", texts)
    try:
        settings = config(found)
    except (KeyError, TypeError, ValueError):
        return Rebuilt(None, "its settings can't be read", texts)
    foreign = [name for name in settings.kinds if name not in today.home.config.kinds]
    if foreign:
        return Rebuilt(None, f"it uses the kind `{foreign[0]}`, which the settings of today do not name", texts)
    prompts = {one.path: texts[one.prompt] for one in found.features if one.prompt in texts}
    if _is_today(today, found, prompts):
        return Rebuilt(today, "", texts)
    files = {name: texts[hash] for name, hash in found.sources} | prompts
    home = Home(today.root, settings, SourceText(settings.file, ""), Overlaid(Bare(), files))
    opened = open_home(Result(home), afresh=True)
    wrong = [one for one in opened.compiled.diagnostics if not judged(one)]
    if has_errors(wrong):
        return Rebuilt(None, f"this specc does not read its specs: {wrong[0].title}", texts)
    return Rebuilt(opened, "", texts)


def _is_today(today: Opened, found: Envelope, prompts: dict[str, str]) -> bool:
    """Whether the project of today is the one that was run."""
    same = tuple((one.name, digest(one.text)) for one in today.texts) == found.sources
    tree = today.home.tree
    return (
        same
        and today.home.config.digest == config(found).digest
        and all(tree.text(path) == text for path, text in prompts.items())
    )
