"""How the prompts of a project are laid out, and what they may take.

In: the settings and the texts of the project's own layouts. Out: an `Arrangement`, in which a path has become a text.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from ..project.config import Config
from ..source.text import SourceText
from .cost.tokens import ESTIMATE
from .prompt import Layout

NONE: Mapping[str, Layout] = MappingProxyType({})


class Arrangement(NamedTuple):
    """`layouts` are those of features that have one of their own, `layout` is everybody else's.

    `targets` are the models that get a prompt of their own, each with its layout. `budget` is how many tokens, as `tokenizer`
    counts them, a prompt may take (0: any number).
    """

    layout: Layout = "markdown"
    layouts: Mapping[str, Layout] = NONE
    targets: Mapping[str, Layout] = NONE
    tokenizer: str = ESTIMATE
    budget: int = 0


USUAL = Arrangement()


def arrangement(config: Config, templates: Sequence[SourceText]) -> Arrangement:
    """What the settings say, with the text of each template in the place of its path."""
    own: dict[str, Layout] = {template.name: template for template in templates}

    def chosen(named: tuple[tuple[str, str], ...]) -> Mapping[str, Layout]:
        return {name: own.get(layout, layout) for name, layout in named}

    return Arrangement(
        own.get(config.layout, config.layout),
        chosen(config.layouts),
        chosen(config.targets),
        config.tokenizer,
        config.budget,
    )
