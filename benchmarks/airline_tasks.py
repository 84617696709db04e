"""The tasks of tau2-bench's airline domain against `specs/airline`: which can be said as examples, and which the policy contradicts.

    python benchmarks/airline_tasks.py PATH/tasks.json

Each expected call that writes becomes an example of its own, with the input that its arguments and the task's text tell (`FACTS`, by hand),
and so does each request of which the task says that it has to be declined; a task without any becomes one that avoids all such calls. What
nobody says has its typical value. Where something that matters stands in the benchmark's database only, or is up to the customer's purse,
the input is not told (`OPEN` says what is missing) and nothing is said of it. The compiler then tells what the rules rule out (`E0552`)
and what they ask for besides. The data are those of others and no part of this repository.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict

from speclang.engine.explaining.deciding import decided
from speclang.engine.explaining.reading import read_input
from speclang.engine.pipeline import compile_texts
from speclang.project.config import Config
from speclang.source.text import SourceText

ROOT = Path(__file__).parents[1]
WRITES = {
    "cancel_reservation": "request cancel",
    "book_reservation": "request book",
    "update_reservation_flights": "request change_flights",
    "update_reservation_baggages": "request change_bags; given adds_bags yes",
    "update_reservation_passengers": "request change_passengers; given same_number yes",
    "transfer_to_human_agents": "",
    "send_certificate": "request compensation",
}
"""The tools that write, with what a call says of the request."""

SAME, NOTHING, BESIDES = "the same", "nothing", "besides"
NO_CERTIFICATE = "not calls send_certificate"

LATE = "booked 30 hours; given flown no; given insured no; given cancelled_by_us no; given cabin economy"
UPGRADE = "request change_cabin; given flown no; given whole_trip yes"
KEPT = "request change_flights; given cabin economy"
FLOWN = "request cancel; given flown yes; given reason other"
BASIC = f"request cancel; given {LATE}; given cabin basic_economy; given reason other"
FACTS: Mapping[str, Mapping[str, str]] = {
    "0": {"": f"request cancel; given {LATE}; given reason other"},
    "1": {"": f"request cancel; given {LATE}; given reason change_of_plan"},
    "2": {"": "request compensation; given complaint delayed; given delayed yes; given moved no"},
    "3": {"": "request information; given asks_bags yes; given membership silver; given cabin economy"},
    "4": {"": "request compensation; given complaint cancelled; given cancelled_by_us no"},
    "5": {"": "request compensation; given complaint delayed; given delayed yes; given moved no; given membership regular"},
    "6": {"": "request add_insurance"},
    "7": {
        "update_reservation_flights XEHM4B": UPGRADE,
        "cancel_reservation XEHM4B": "cabin business; given flown no; given reason health",
        "cancel_reservation 59XX6W": "insured yes; given flown no; given reason health; given booked 30 hours",
    },
    "9": {
        "avoids cancel_reservation IFOYYZ": BASIC,
        "avoids cancel_reservation NQNU5R": FLOWN,
        "avoids update_reservation_flights M20IZO": "",
    },
    "10": {"": "request change_cabin; given whole_trip no"},
    "11": {
        "update_reservation_flights GV1N64": UPGRADE,
        "avoids update_reservation_passengers GV1N64": "request change_passengers; given same_number no",
    },
    "13": {"transfer_to_human_agents": "request change_flights; given same_route no; given cabin economy"},
    "17": {"update_reservation_flights FQ8APE": UPGRADE, "update_reservation_passengers FQ8APE": "request change_passengers"},
    "18": {"update_reservation_flights": UPGRADE},
    "19": {
        "cancel_reservation Z7GOZK": "insured yes; given reason health; given flown no; given booked 30 hours",
        "avoids update_reservation_flights Z7GOZK": "request change_flights; given cabin basic_economy",
    },
    "21": {"update_reservation_flights OBUT9V": KEPT},
    "22": {"update_reservation_flights FQ8APE": UPGRADE, "update_reservation_passengers FQ8APE": "request change_passengers"},
    "27": {"": "request compensation; given complaint delayed; given delayed yes; given moved no; given membership silver"},
    "28": {"": f"request cancel; given {LATE}; given cabin basic_economy"},
    "29": {
        "cancel_reservation VA5SGQ": "insured yes; given reason health; given flown no; given booked 30 hours",
        "avoids update_reservation_flights VA5SGQ": "request change_flights; given same_route no; given cabin economy",
    },
    "30": {
        "update_reservation_flights 1N99U6": KEPT,
        "avoids update_reservation_baggages 1N99U6": "request change_bags; given adds_bags no",
    },
    "32": {"update_reservation_flights OWZ4XL #1": UPGRADE, "update_reservation_flights OWZ4XL #2": KEPT},
    "33": {
        "update_reservation_flights HXDUBJ": KEPT,
        "avoids update_reservation_flights HXDUBJ": "request change_cabin; given flown no; given whole_trip no",
    },
    "36": {"": "request change_flights; given cabin basic_economy"},
    "37": {
        "update_reservation_flights M20IZO": UPGRADE,
        "avoids cancel_reservation IFOYYZ": BASIC,
        "avoids cancel_reservation NQNU5R": FLOWN,
    },
    "38": {"": "request compensation; given complaint delayed; given delayed yes; given moved no"},
    "40": {"update_reservation_passengers 3RK2T9": "request change_passengers"},
    "41": {"avoids cancel_reservation of one traveller": FLOWN, "avoids cancel_reservation in basic economy": ""},
    "44": {"update_reservation_flights": UPGRADE, "avoids cancel_reservation S61CZX": f"request cancel; given {LATE}; given reason other"},
    "45": {"": f"request cancel; given {LATE}; given reason other"},
    "46": {"": "request something_else"},
    "47": {"": "request cancel; given reason other; given booked 30 hours; given flown no; given cancelled_by_us no; given cabin economy"},
    "48": {"": f"request cancel; given {LATE}; given reason other"},
    "49": {"": f"request cancel; given {LATE}; given reason health"},
}  # fmt: skip
"""By task, and by call (its tool, its reservation, its number among such calls), what the task says of the input: `""` where no call that
writes is expected, `avoids …` for a request that has to be declined. What is empty is not told."""

OPEN: Mapping[str, str] = {
    "9": "whether there is a nonstop flight",
    "14": "when K1NW8N was booked",
    "15": "the cabin of M05KNL",
    "16": "the cabin of M05KNL",
    "23": "when K1NW8N was booked",
    "26": "cabin, insurance and time of booking",
    "31": "the cabin of the reservation, and what the change costs",
    "34": "whether the changes cost more than the customer will pay",
    "39": "cabin, insurance and times of seven reservations",
    "41": "when the reservation in basic economy was booked",
    "42": "cabin, insurance and times of two reservations",
    "43": "cabin, insurance and times of two reservations",
}
"""What is not told, by task."""


class Call(TypedDict):
    """A call that a task expects."""

    name: str
    arguments: Mapping[str, Any]


class Criteria(TypedDict):
    """What a task is graded by."""

    actions: list[Call] | None


class Task(TypedDict):
    """A task, as far as it matters here."""

    id: str
    evaluation_criteria: Criteria


@dataclass(frozen=True)
class Example:
    """One example made of a task: what is `given`, and its text; `said` if task and arguments tell its input."""

    task: str
    id: str
    given: tuple[str, ...]
    text: str
    said: bool


def main() -> int:
    """Print which tasks can be said, and which of them the rules contradict."""
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_file():
        print("usage: python benchmarks/airline_tasks.py PATH/tasks.json", file=sys.stderr)
        return 2
    tasks: list[Task] = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    made = [one for task in tasks for one in examples(task)]
    rules = Rules(made)
    says = {one.id: rules.say(one) for one in made if one.said}
    told = {one.task for one in made} - {one.task for one in made if not one.said}
    print("| task | examples | told | the rules say | not told |")
    print("|---|---|---|---|---|")
    for task in tasks:
        mine = [one for one in made if one.task == task["id"]]
        heard = list(dict.fromkeys(says[one.id] for one in mine if one.said))
        some = [one for one in heard if one != SAME] or heard
        print(
            f"| {task['id']} | {len(mine)} | {sum(one.said for one in mine)} | {'; '.join(some)} | {OPEN.get(task['id'], '')} |"
        )
    print(
        f"\n{len(tasks)} tasks, {len(made)} examples; the input of {len(says)} examples and of {len(told)} whole tasks is told"
    )
    for what, kind in (
        ("expect what the rules rule out", "E0552"),
        ("leave out what the rules ask for besides", BESIDES),
    ):
        those = list(dict.fromkeys(one.task for one in made if kind in says.get(one.id, "")))
        print(f"{len(those)} of these tasks {what}: {', '.join(those) or 'none'}")
    undecided = [one.id for one in made if says.get(one.id) == NOTHING]
    print(f"of {len(undecided)} of these examples the rules say nothing: {', '.join(undecided) or 'none'}")
    return 0


def examples(task: Task) -> Iterator[Example]:
    """The examples of one task."""
    id = str(task["id"])
    facts = FACTS.get(id, {})
    criteria = task["evaluation_criteria"]
    calls = [one for one in criteria["actions"] or () if one["name"] in WRITES]
    seen: Counter[str] = Counter()
    for number, call in enumerate(calls, 1):
        name, arguments = call["name"], call["arguments"]
        own = f"{name} {arguments.get('reservation_id', '')}".rstrip()
        seen[own] += 1
        found = next((facts[key] for key in (f"{own} #{seen[own]}", own, name) if key in facts), "")
        given = merged(WRITES[name], *told_by(name, arguments), found)
        said = bool(found) or name in ("book_reservation", "update_reservation_baggages")
        yield made_of(id, number, given, f"calls {name}", said=said)
    declined = [key for key in facts if key.startswith("avoids ")]
    for number, key in enumerate(declined, len(calls) + 1):
        tool = key.split()[1]
        yield made_of(id, number, merged(facts[key]), f"avoids {tool}", said=bool(facts[key]))
    if not calls and not declined:
        writes = ", ".join(f"avoids {name}" for name in WRITES if name != "transfer_to_human_agents")
        yield made_of(id, 0, merged(facts.get("", "")), writes, said="" in facts)


def told_by(name: str, arguments: Mapping[str, Any]) -> Iterator[str]:
    """What the arguments of a call tell of its input."""
    if name == "book_reservation":
        passengers, methods = arguments["passengers"], arguments["payment_methods"]
        yield f"travellers {len(passengers)}"
        for given, kind in (
            ("certificates", "certificate"),
            ("credit_cards", "credit_card"),
            ("gift_cards", "gift_card"),
        ):
            yield f"{given} {sum(str(one['payment_id']).startswith(kind) for one in methods)}"
        yield "on_file yes; given one_cabin yes; given status available"
    payment = str(arguments.get("payment_id", ""))
    if name == "update_reservation_flights" and payment:
        kind = next((each for each in ("gift_card", "credit_card", "certificate") if payment.startswith(each)), "")
        yield f"pays_with {'certificate' if kind == 'certificate' else f'one_{kind}'}; given same_route yes; given cabin economy"


def merged(*parts: str) -> list[str]:
    """What is said of each given, the last word for each."""
    found: dict[str, str] = {}
    for part in "; given ".join(one for one in parts if one).split("; given "):
        name, _, value = part.partition(" ")
        if name:
            found[name] = value
    return [f"given {name} {value}" for name, value in found.items()]


def made_of(task: str, number: int, given: list[str], expects: str, *, said: bool) -> Example:
    """The example as a spec writes it."""
    id = f"TASK-{task}-{number}"
    fields = "; ".join(["holdout", f'user "Please see to {id}."', *given, f"expect {expects}"])
    return Example(task, id, tuple(given), f'  {id} example "{id}" {{ {fields} }}', said)


class Rules:
    """The airline's rules as they ship, with examples beside them."""

    def __init__(self, made: list[Example]) -> None:
        """Compile them."""
        texts = []
        for path in sorted((ROOT / "specs" / "airline").glob("*.spec")):
            text = path.read_text(encoding="utf-8")
            if path.name == "airline.spec":
                text = text.rstrip().removesuffix("}") + "\n".join(one.text for one in made) + "\n}\n"
            texts.append(SourceText(f"specs/airline/{path.name}", text))
        built = compile_texts(texts, Config())
        self.places = built.places
        self.feature = built.program.features[0]
        self.against = {one.requirement: f"{one.code.id}: {one.title.replace('|', '/')}" for one in built.diagnostics}

    def say(self, one: Example) -> str:
        """What they say of an example."""
        if one.id in self.against:
            return self.against[one.id]
        typed = read_input([given.removeprefix("given ").replace(" ", "=", 1) for given in one.given], self.feature)
        if typed.problems:
            raise SystemExit(f"{one.id}: {typed.problems[0]}")
        asked = dict(decided(self.feature, (), dict(typed.values), self.places).asked)
        outcomes = {name: by for name, by in asked.items() if name != NO_CERTIFICATE}
        if not outcomes:
            return NOTHING
        by = next((by for name, by in outcomes.items() if name == "transfer"), ())
        return f"{BESIDES} `transfer` (`{by[0]}`)" if by and "calls transfer" not in one.text else SAME


if __name__ == "__main__":
    sys.exit(main())
