"""The tasks of tau2-bench's airline domain against `specs/airline`: which can be said as examples, and which the policy contradicts.

    python benchmarks/airline_tasks.py PATH/tasks.json

Each expected call that writes becomes an example of its own, with the input that its arguments and the task's text tell (`FACTS`, by hand);
a task without such a call becomes one that avoids all of them. What nobody says has its typical value; a task of whose input something
that matters stands in the benchmark's database only is not counted as told, and nothing is said of it. The compiler then tells what the
rules rule out (`E0552`). The data are those of others and no part of this repository.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict

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

LATE = "booked 30 hours; given flown no; given insured no; given cancelled_by_us no; given cabin economy"
FACTS: Mapping[str, Mapping[str, str]] = {
    "0": {"": f"request cancel; given {LATE}; given reason other"},
    "1": {"": f"request cancel; given {LATE}; given reason change_of_plan"},
    "2": {"": "request compensation; given complaint delayed; given delayed yes; given moved no"},
    "4": {"": "request compensation; given complaint cancelled; given cancelled_by_us no"},
    "5": {"": "request compensation; given complaint delayed; given delayed yes; given moved no; given membership regular"},
    "6": {"": "request add_insurance"},
    "7": {
        "update_reservation_flights XEHM4B": "request change_cabin; given flown no; given whole_trip yes",
        "cancel_reservation XEHM4B": "cabin business; given flown no; given reason health",
        "cancel_reservation 59XX6W": "insured yes; given flown no; given reason health; given booked 30 hours",
    },
    "10": {"": "request change_cabin; given whole_trip no"},
    "11": {"update_reservation_flights GV1N64": "request change_cabin; given flown no; given whole_trip yes"},
    "13": {"transfer_to_human_agents": "request change_flights; given same_route no; given cabin economy"},
    "17": {"update_reservation_flights FQ8APE": "request change_cabin; given flown no; given whole_trip yes"},
    "18": {"update_reservation_flights": "request change_cabin; given flown no; given whole_trip yes"},
    "19": {"cancel_reservation Z7GOZK": "insured yes; given reason health; given flown no; given booked 30 hours"},
    "22": {"update_reservation_flights FQ8APE": "request change_cabin; given flown no; given whole_trip yes"},
    "27": {"": "request compensation; given complaint delayed; given delayed yes; given moved no; given membership silver"},
    "28": {"": f"request cancel; given {LATE}; given cabin basic_economy"},
    "36": {"": "request change_flights; given cabin basic_economy"},
    "37": {"update_reservation_flights M20IZO": "request change_cabin; given flown no; given whole_trip yes"},
    "38": {"": "request compensation; given complaint delayed; given delayed yes; given moved no"},
    "40": {"update_reservation_passengers 3RK2T9": "request change_passengers"},
    "44": {"update_reservation_flights": "request change_cabin; given flown no; given whole_trip yes"},
    "45": {"": f"request cancel; given {LATE}; given reason other"},
    "47": {"": "request cancel; given reason other; given booked 30 hours; given flown no; given cancelled_by_us no; given cabin economy"},
    "48": {"": f"request cancel; given {LATE}; given reason other"},
    "49": {"": f"request cancel; given {LATE}; given reason health"},
}  # fmt: skip
"""By task and call (its tool, with the reservation or not): what its text says of the input; "" where no call that writes is expected."""


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
    """One example made of a task; `said` if task and arguments tell its input."""

    task: str
    id: str
    text: str
    said: bool


def main() -> int:
    """Print which tasks can be said, and which of them the rules contradict."""
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_file():
        print("usage: python benchmarks/airline_tasks.py PATH/tasks.json", file=sys.stderr)
        return 2
    tasks: list[Task] = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    made = [one for task in tasks for one in examples(task)]
    against = contradicted(made)
    told = {one.task for one in made} - {one.task for one in made if not one.said}
    print("| task | examples | input is told | the rules say |")
    print("|---|---|---|---|")
    for task in tasks:
        mine = [one for one in made if one.task == task["id"]]
        says = "; ".join(against[one.id] for one in mine if one.said and one.id in against)
        here = "the same" if any(one.said for one in mine) else ""
        print(f"| {task['id']} | {len(mine)} | {'yes' if task['id'] in told else 'no'} | {says or here} |")
    calls = sum(one.said for one in made)
    print(
        f"\n{len(tasks)} tasks, {len(made)} examples; the input of {calls} examples and of {len(told)} whole tasks is told"
    )
    print(
        f"{len({one.task for one in made if one.said and one.id in against})} of these tasks expect what the rules rule out"
    )
    return 0


def examples(task: Task) -> Iterator[Example]:
    """The examples of one task."""
    id = str(task["id"])
    facts = FACTS.get(id, {})
    criteria = task["evaluation_criteria"]
    calls = [one for one in criteria["actions"] or () if one["name"] in WRITES]
    for number, call in enumerate(calls, 1):
        name, arguments = call["name"], call["arguments"]
        own = facts.get(f"{name} {arguments.get('reservation_id', '')}".rstrip(), facts.get(name, ""))
        given = merged(WRITES[name], own, *told_by(name, arguments))
        made = f"TASK-{id}-{number}"
        said = bool(own) or name in ("book_reservation", "update_reservation_baggages")
        yield Example(id, made, example(made, given, f"calls {name}"), said)
    if not calls:
        writes = ", ".join(f"avoids {name}" for name in WRITES if name != "transfer_to_human_agents")
        made = f"TASK-{id}-0"
        yield Example(id, made, example(made, merged(facts.get("", "")), writes), "" in facts)


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


def example(id: str, given: list[str], expects: str) -> str:
    """The example as a spec writes it."""
    return (
        f'  {id} example "{id}" {{ holdout; user "Please see to {id}."; {"; ".join([*given, f"expect {expects}"])} }}'
    )


def contradicted(made: list[Example]) -> dict[str, str]:
    """What the rules say against examples, by ID."""
    texts = []
    for path in sorted((ROOT / "specs" / "airline").glob("*.spec")):
        text = path.read_text(encoding="utf-8")
        if path.name == "airline.spec":
            text = text.rstrip().removesuffix("}") + "\n".join(one.text for one in made) + "\n}\n"
        texts.append(SourceText(f"specs/airline/{path.name}", text))
    found: dict[str, str] = {}
    for one in compile_texts(texts, Config()).diagnostics:
        if one.requirement.startswith("TASK-"):
            found[one.requirement] = f"{one.code.id}: {one.title.replace('|', '/')}"
    return found


if __name__ == "__main__":
    sys.exit(main())
