"""The targets that a project states: models that get a prompt of their own, and models or applications that are asked.

In: the tables under `targets` in the settings. Out: `Target`s, with findings for what can't be understood.
Invariant: no secret stands here: a key is the name of a variable of the environment.
"""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from ...source.hashing import Json

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
"""The name of a target, which becomes part of a file's name."""

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}")
_DEEPEST = 16


class Price(NamedTuple):
    """What a million tokens cost, read and written, in `currency`."""

    input: Decimal
    output: Decimal
    currency: str


class Drilled(NamedTuple):
    """How an application is had to ask a model through a proxy that breaks it: the variable `env` that it reads the model's address from,
    and the `port` at which the proxy listens, 0 for any.
    """

    env: str = ""
    port: int = 0


class Target(NamedTuple):
    """Whom `specc eval` asks. `use` is the file of `run/targets/` that knows how; "" where nobody is asked.

    `own_prompt` says that the target has a prompt of its own, `prompt.NAME.md`. `at` is where it is: an address, `module:function`,
    or a file. `key` names the variable of the environment that holds the key. `parameters` are sent as they are. `timeout` is how
    many seconds one answer may take, `rounds` how often tools may be called before the model has to have answered. `drill` says how
    `specc drill` comes between an application and this model, None where it does not.
    """

    name: str
    use: str = ""
    own_prompt: bool = False
    model: str = ""
    at: str = ""
    key: str = ""
    parameters: Mapping[str, Json] = {}
    price: Price | None = None
    timeout: Decimal = Decimal(60)
    rounds: int = 10
    concurrency: int = 8
    retries: int = 5
    drill: Drilled | None = None


EXPECTED = {
    "layout": '"markdown", "xml" or "plain", or the path of a template',
    "use": 'what kind of target it is, as "openai_api"',
    "model": "the name of the model, as its maker writes it",
    "at": 'an address, as "https://example.com/v1", "module:function", or a file',
    "key": 'the name of the variable of the environment that holds the key, as "OPENAI_API_KEY", never the key itself',
    "parameters": "a table of what is sent with each request, as { temperature = 0 }",
    "price": 'what a million tokens cost, as { input = 0.15, output = 0.60, currency = "USD" }',
    "timeout": "how many seconds an answer may take, as 60",
    "rounds": "how often the model may call tools in one turn, as 10",
    "concurrency": "how many answers are waited for at a time, as 8",
    "retries": "how often a request is sent again after a fault on the way, as 5",
    "drill": 'how an application is had to ask this model through a proxy, as { env = "MODEL_URL", port = 8401 }',
}


_A_TARGET = (
    'a table, as { use = "openai_api", model = "small-2" } or { layout = "plain" }, under a name of small letters'
)


class Faulty(NamedTuple):
    """What is wrong: the keys that lead there, and what is expected, or "" where there is no such key."""

    path: tuple[str, ...]
    expected: str


class Read(NamedTuple):
    """Those that are `asked`, and the `layouts` of those that get a prompt of their own, by name; and what is `wrong`."""

    asked: tuple[Target, ...]
    layouts: tuple[tuple[str, str], ...]
    wrong: tuple[Faulty, ...]


def read(held: Mapping[str, object]) -> Read:
    """The targets of the table `held`."""
    asked: list[Target] = []
    layouts: list[tuple[str, str]] = []
    wrong: list[Faulty] = []
    for name, value in held.items():
        if not isinstance(value, dict) or not value or not _NAME.fullmatch(name):
            wrong.append(Faulty((name,), _A_TARGET))
            continue
        target, faults = _target(name, value)
        wrong.extend(Faulty((name, *one.path), one.expected) for one in faults)
        layout = value.get("layout")
        if isinstance(layout, str) and layout:
            layouts.append((name, layout))
        if target.use:
            asked.append(target)
    return Read(tuple(sorted(asked, key=lambda one: one.name)), tuple(layouts), tuple(wrong))


def _target(name: str, held: Mapping[str, object]) -> tuple[Target, tuple[Faulty, ...]]:
    """The target `name`, without what is wrong in its table."""
    target = Target(name, own_prompt="layout" in held)
    wrong: list[Faulty] = []
    for key, value in held.items():
        taken = _taken(target, key, value)
        if key not in EXPECTED:
            wrong.append(Faulty((key,), ""))
        elif taken is None:
            wrong.append(Faulty((key,), EXPECTED[key]))
        else:
            target = taken
    return target, tuple(wrong)


def _taken(target: Target, key: str, value: object) -> Target | None:
    """`target` with what one key says; None where it can't be said so."""
    match key, value:
        case "layout", str() if value:
            return target
        case "use", str() if value:
            return target._replace(use=value)
        case "model", str() if value:
            return target._replace(model=value)
        case "at", str() if value:
            return target._replace(at=value)
        case "key", str() if _VARIABLE.fullmatch(value):
            return target._replace(key=value)
        case "parameters", dict() if _is_json(value):
            return target._replace(parameters=value)
        case (("price" | "drill"), dict()):
            return _table(target, key, value)
        case "timeout", int() | float() if not isinstance(value, bool) and 0 < value <= 86_400:
            return target._replace(timeout=Decimal(str(value)))
        case "rounds", int() if not isinstance(value, bool) and 1 <= value <= 1000:
            return target._replace(rounds=value)
        case "concurrency", int() if not isinstance(value, bool) and 1 <= value <= 1000:
            return target._replace(concurrency=value)
        case "retries", int() if not isinstance(value, bool) and 0 <= value <= 100:
            return target._replace(retries=value)
        case _:
            return None


def _table(target: Target, key: str, held: Mapping[str, object]) -> Target | None:
    """`target` with what a table of its own says."""
    if key == "drill":
        drilled = _drilled(held)
        return target._replace(drill=drilled) if drilled is not None else None
    price = _price(held)
    return target._replace(price=price) if price is not None else None


def _price(held: Mapping[str, object]) -> Price | None:
    match held:
        case {"input": int() | float() | str() as read, "output": int() | float() | str() as written, **rest}:
            currency = rest.pop("currency", "USD")
            if rest or not isinstance(currency, str) or not re.fullmatch("[A-Z]{3}", currency):
                return None
            try:
                price = Price(Decimal(str(read)), Decimal(str(written)), currency)
            except InvalidOperation:
                return None
            return price if min(price.input, price.output) >= 0 and price.input.is_finite() else None
        case _:
            return None


def _drilled(held: Mapping[str, object]) -> Drilled | None:
    match {"env": "", "port": 0, **held}:
        case {"env": str() as env, "port": int() as port, **rest}:
            fits = not rest and not isinstance(port, bool) and 0 <= port < 65536
            return Drilled(env, port) if fits and (not env or _VARIABLE.fullmatch(env)) else None
        case _:
            return None


def _is_json(value: object, depth: int = 0) -> bool:
    """Whether a value of TOML can be sent as JSON."""
    match value:
        case bool() | int() | str():
            return True
        case float():
            return value - value == 0
        case list():
            return depth < _DEEPEST and all(_is_json(one, depth + 1) for one in value)
        case dict():
            return depth < _DEEPEST and all(_is_json(one, depth + 1) for one in value.values())
        case _:
            return False
