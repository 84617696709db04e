"""Whether a text is English, as far as rules for English words may be used on it.

In: a text. Out: yes or no, from common words alone. Invariant: a text that tells nothing counts as English, the language of what the
compiler says where a spec leaves words to it.
"""

import re

_WORD = re.compile(r"[^\W\d_]+")

_COMMON = {
    "en": "the a an of to and in is it for that you i my me your we our on with this are be have can what how please was not do".split(),
    "es": "el la los las de que y en es un una por para con mi me no se lo su quiero está qué como cómo pedido".split(),
    "fr": "le la les de des que et en est un une pour avec mon ma je vous ne pas sur dans qui ce il elle".split(),
    "de": "der die das und ich nicht ist ein eine zu für mit auf mein meine sie es wie was den dem von bitte".split(),
    "it": "il lo la gli le di che e in è un una per con mio mia non si vorrei del della come".split(),
    "pt": "o a os as de que e em é um uma para com meu minha não se do da eu você como".split(),
    "nl": "de het een en van ik niet is voor met op mijn je u dat wat hoe te aan er".split(),
    "pl": "i w na z do nie się to jest że o jak za po czy mój moje proszę co".split(),
    "sv": "och att det som en ett på är för med jag inte min mitt vad hur av till".split(),
    "tr": "bir ve bu için ile benim ne nasıl değil mi var yok çok ben".split(),
}
_LISTS = {name: frozenset(words) for name, words in _COMMON.items()}

_FOREIGN = 10
"""Of so many letters, one outside of ASCII is taken for a sign of another language."""


def english(text: str) -> bool:
    """Whether nothing speaks against it that `text` is English."""
    words = [word.lower() for word in _WORD.findall(text)]
    letters = "".join(words)
    if sum(not letter.isascii() for letter in letters) * _FOREIGN > len(letters):
        return False
    counts = {name: sum(word in known for word in words) for name, known in _LISTS.items()}
    return counts["en"] >= max(counts.values())
