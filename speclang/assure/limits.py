"""Within which limits a run asks, whoever wishes it, and what it took.

In: what is wished, a target, a judge. Out: the terms of a run; afterwards, what it spent.
Invariant: nobody is asked within a bound of money that can't be told.
"""

from ..run.running import Running, Terms
from ..run.schedule import Budget
from .aims import Aim, bounded
from .judging import Appointed, sitting
from .outcome import Spending
from .sending import Sending


def seated(judge: Appointed | None, played: Aim, wish: Sending) -> Appointed | None:
    """The judge of a run on `played`, if it has one, where all that is asked can be bounded as wished. Raises `Unusable`."""
    judge = judge and sitting(judge, played, wish.max_cost)
    for one in (played, judge.aim) if judge is not None else (played,):
        bounded(one, wish.max_cost)
    return judge


def terms(wish: Sending, played: Aim, judge: Appointed | None) -> Terms:
    """How a target is asked; while one case is judged, another is asked."""
    stated = played.stated
    asked = wish.concurrency or stated.concurrency
    return Terms(
        concurrency=asked,
        retries=stated.retries,
        timeout=float(stated.timeout),
        rounds=stated.rounds,
        budget=Budget(wish.max_cost, wish.max_tokens),
        resume=wish.resume,
        afresh=wish.afresh,
        offline=wish.offline,
        workers=asked + (judge.aim.stated.concurrency if judge is not None else 0),
    )


def spent(running: Running, played: Aim, judge: Appointed | None) -> Spending:
    """What a run took, in the currency of its target or, where that has no price, of its judge."""
    sender, price = running.sender, played.stated.price
    if price is None and judge is not None:
        price = judge.aim.stated.price
    return Spending(
        sent=sender.sent,
        again=sender.again,
        recalled=running.recalled,
        tokens=sender.purse.tokens,
        cost=sender.purse.cost,
        currency=price.currency if price is not None else "",
    )
