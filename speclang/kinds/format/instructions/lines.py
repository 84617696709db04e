"""Lines, indents and the marks of lists: IFBench's `format:line_indent`, `format:list`, `format:newline` and their like."""

from ..builders import count, counted_texts, flag
from ..constraint import Amount, Bait, Try

_PROSE = (Bait("prose", "Please answer in one flowing paragraph."),)

INSTRUCTIONS = (
    flag(
        "stairs",
        "indent each line by more blanks than the one before",
        Try("stairs", "One\n Two\n  Three", True, "a blank more each"),
        Try("stairs", "One\n Two\n Three", False, "as much as the line before"),
        baits=_PROSE,
    ),
    flag(
        "word_per_line",
        "write each word on a new line",
        Try("word_per_line", "Bring\nthe\n\nbox!", True, "blank lines and marks aside"),
        Try("word_per_line", "Bring\nthe box", False, "two on one line"),
        baits=_PROSE,
    ),
    count(
        "whitespace",
        ("with ", Amount("character of white space", "characters of white space", "white space")),
        "no whitespace",
        Try("no whitespace", "Refunded.", True, "one word"),
        Try("no whitespace", "All refunded.", False, "a blank"),
    ),
    counted_texts(
        "list_marks",
        ("with ", Amount("list item", "list items", "list items"), ", each marked ", "", " instead of with a bullet"),
        'list_marks "!?!?" >= 2',
        Try('list_marks "->" >= 2', "-> Box\n-> Label", True, "two", slug="list_marks-min"),
        Try('list_marks "->" >= 2', "-> Box\n- Label", False, "one", slug="list_marks-min"),
        one=True,
    ),
    flag(
        "sub_bullets",
        "with bullet points marked * that each have at least one sub-bullet marked -",
        Try("sub_bullets", "* Box\n  - brown\n* Label\n  - white", True, "one each"),
        Try("sub_bullets", "* Box\n  - brown\n* Label", False, "the second has none"),
        manner=True,
        baits=_PROSE,
    ),
    flag(
        "sentences_then_bullets",
        "with two or more sentences followed by two or more bullet points marked *, and nothing else",
        Try("sentences_then_bullets", "It is due. Bring these.\n* Box\n* Label", True, "two and two"),
        Try("sentences_then_bullets", "Bring these.\n* Box\n* Label", False, "one sentence"),
        Try("sentences_then_bullets", "It is due. Bring these.\n* Box\n* Label\nBye.", False, "something follows"),
        manner=True,
        baits=_PROSE,
    ),
    flag(
        "thesis",
        "start each section with a thesis in HTML italics, as in <i>thesis</i>",
        Try("thesis", "<i>It is due.</i>\nHere is why.", True, "a thesis and more"),
        Try("thesis", "*It is due.*\nHere is why.", False, "no HTML"),
        Try("thesis", "Here is why.\n<i>It is due.</i>", False, "nothing follows"),
        baits=_PROSE,
    ),
)
