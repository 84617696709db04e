"""Checks that count: words, sentences, paragraphs, bullets, and how often something occurs.

Each takes `at_least` and `at_most`, both included. What counts as one of a thing follows the published definitions of
IFEval (arXiv 2311.07911) where it has one, to the letter: a "word" is a run of letters, digits and underscores, so
`don't` is two. Texts are taken literally; IFEval takes them as regular expressions, the same for plain words.
"""

import re

from ..answer import Answer, Verdict
from .evidence import quote
from .judging import judged, within
from .tokens import word_tokens

_WORD = re.compile(r"\w+")
_SPACE = re.compile(r"\s*")
_DIVIDER = re.compile(r"\s?\*\*\*\s?")
_SINGLE = re.compile(r"\*[^\n*]*\*")
_DOUBLE = re.compile(r"\*\*[^\n*]*\*\*")


@judged
def words(answer: Answer, *, at_least: int = 0, at_most: int | None = None) -> Verdict:
    """The number of words, each a run of letters, digits and underscores."""
    return within(len(_WORD.findall(answer.text)), at_least, at_most, "word", "words")


@judged
def sentences(answer: Answer, *, at_least: int = 0, at_most: int | None = None) -> Verdict:
    """The number of sentences, as Punkt splits English."""
    from .sentences import split

    return within(len(split(answer.text)), at_least, at_most, "sentence", "sentences")


@judged
def characters(answer: Answer, *, at_least: int = 0, at_most: int | None = None) -> Verdict:
    """The number of code points, without white space at both ends."""
    return within(len(answer.text.strip()), at_least, at_most, "character", "characters")


@judged
def paragraphs(answer: Answer, *, at_least: int = 0, at_most: int | None = None, divider: str = "") -> Verdict:
    """The number of paragraphs: pieces between blank lines, or between the Markdown dividers `***`."""
    if not divider:
        pieces = [piece for piece in answer.text.split("\n\n") if piece.strip()]
        return within(len(pieces), at_least, at_most, "paragraph", "paragraphs")
    pieces = _DIVIDER.split(answer.text) if divider == "***" else answer.text.split(divider)
    if any(not piece.strip() for piece in pieces[1:-1]):
        return Verdict(False, f"nothing stands between two dividers {quote(divider)}")
    count = sum(1 for piece in pieces if piece.strip())
    return within(count, at_least, at_most, "paragraph", "paragraphs")


@judged
def bullets(answer: Answer, *, at_least: int = 0, at_most: int | None = None) -> Verdict:
    """The number of Markdown bullets: lines that begin with `*` (and no second one) or with `-`."""
    count = _leading(answer.text, "*") + _leading(answer.text, "-")
    return within(count, at_least, at_most, "bullet point", "bullet points")


def _leading(text: str, mark: str) -> int:
    r"""How often `mark` leads a line, by the published patterns `^\s*\*[^\*].*$` and `^\s*-.*$`.

    Scanned by hand: white space may run over many lines, which makes the patterns quadratic on blank lines.
    """
    count, at, size = 0, 0, len(text)
    while at <= size:
        white = _SPACE.match(text, at)
        first = white.end() if white else at
        after = first + len(mark)
        found = text.startswith(mark, first)
        if found and mark == "*":
            # The character after the asterisk may be a line end; the rest of the next line then belongs to the bullet.
            found = after < size and text[after] != "*"
            after += 1
        if found:
            count += 1
            end = text.find("\n", after)
            if end == -1:
                return count
            at = end if text[end - 1] == "\n" and end == after else end + 1
            continue
        end = text.find("\n", first)
        if end == -1:
            return count
        at = end + 1
    return count


@judged
def sections(answer: Answer, *, word: str, at_least: int = 0, at_most: int | None = None) -> Verdict:
    """The number of section marks: `word` followed by a number, as `Section 2`."""
    count = sum(1 for _ in re.finditer(re.escape(word.strip()) + r"\s?\d+", answer.text))
    name = f"section marked {quote(word)} and a number"
    return within(count, at_least, at_most, name, name.replace("section", "sections", 1))


@judged
def placeholders(answer: Answer, *, at_least: int = 0, at_most: int | None = None) -> Verdict:
    """The number of placeholders in square brackets, `[address]`, each on one line."""
    text, count, at = answer.text, 0, answer.text.find("[")
    while at != -1:
        close = text.find("]", at)
        if close == -1:
            break
        line = text.find("\n", at, close)
        if line == -1:
            count += 1
        at = text.find("[", close + 1 if line == -1 else line)
    return within(count, at_least, at_most, "placeholder", "placeholders")


@judged
def highlights(answer: Answer, *, at_least: int = 0, at_most: int | None = None) -> Verdict:
    """The number of highlighted pieces, `*like this*` or `**like this**`, as IFEval counts them."""
    text = answer.text
    count = sum(1 for found in _SINGLE.finditer(text) if found[0].strip("*").strip())
    count += sum(1 for found in _DOUBLE.finditer(text) if found[0].removeprefix("**").removesuffix("**").strip())
    return within(count, at_least, at_most, "highlighted section", "highlighted sections")


@judged
def letter(answer: Answer, *, letter: str, at_least: int = 0, at_most: int | None = None) -> Verdict:
    """How often one letter occurs, in either case."""
    wanted = letter.strip().lower()
    # A few capitals become two characters when small, and such a pair is no letter of the answer.
    count = answer.text.lower().count(wanted) if len(wanted) == 1 else 0
    return within(count, at_least, at_most, f"letter {quote(letter)}", f"letters {quote(letter)}")


@judged
def keyword(answer: Answer, *, texts: list[str], at_least: int = 0, at_most: int | None = None) -> Verdict:
    """How often each of `texts` occurs, in either case, also inside a longer word; each must be within the bounds."""
    verdict = Verdict(True, "no keyword is asked for")
    for text in texts:
        count = sum(1 for _ in re.finditer(re.escape(text.strip()), answer.text, re.IGNORECASE))
        verdict = within(count, at_least, at_most, f"time {quote(text)}", f"times {quote(text)}")
        if not verdict.passed:
            break
    return verdict


@judged
def capital_words(answer: Answer, *, at_least: int = 0, at_most: int | None = None) -> Verdict:
    """The number of words in capital letters only, among NLTK's tokens: `U.S.-made` is one, `I` too, `7` is none."""
    count = sum(1 for token in word_tokens(answer.text) if token.isupper())
    return within(count, at_least, at_most, "word in capital letters", "words in capital letters")


@judged
def commas(answer: Answer, *, at_least: int = 0, at_most: int | None = None) -> Verdict:
    """The number of commas."""
    return within(answer.text.count(","), at_least, at_most, "comma", "commas")
