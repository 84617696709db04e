"""The gate of requests: never more at a time than it lets through, and nobody waits in vain, nor for too long."""

import asyncio
import random
from collections.abc import Coroutine

import pytest

from speclang.run.schedule import Gate, Patience

LONG = 60.0


@pytest.mark.parametrize("seed", range(20))
def test_never_more_pass_than_may_and_all_that_are_not_told_to_stop_do(seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 - not for secrets
    most = draw.randint(1, 4)
    gate = Gate(most)
    inside, highest, passed = 0, 0, 0

    async def one() -> None:
        nonlocal inside, highest, passed
        async with gate:
            inside += 1
            highest = max(highest, inside)
            try:
                for _ in range(draw.randint(0, 3)):
                    await asyncio.sleep(0)
            finally:
                inside -= 1
            (gate.well if draw.random() < 0.8 else lambda: gate.crowded(0.0))()
            passed += 1

    async def all_of_them() -> int:
        tasks = [asyncio.create_task(one()) for _ in range(40)]
        stopped = draw.sample(tasks, 10)
        for task in stopped:
            await asyncio.sleep(0)
            task.cancel()
        done = await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), 10)
        return sum(one is None for one in done)

    assert asyncio.run(all_of_them()) == passed >= 30
    assert (inside, highest <= most) == (0, True)


async def never() -> None:
    await asyncio.get_running_loop().create_future()


def run(work: Coroutine[object, object, None]) -> None:
    """Do `work`; a test that would wait in vain ends."""
    asyncio.run(asyncio.wait_for(work, LONG))


def test_what_comes_in_time_comes_and_what_it_raises_is_raised() -> None:
    async def work() -> None:
        patience = Patience(LONG)
        assert await patience.wait(asyncio.sleep(0, "said")) == "said"

        async def stops() -> None:
            raise LookupError

        with pytest.raises(LookupError):
            await patience.wait(stops())

    run(work())


def test_each_that_takes_too_long_is_stopped_and_may_wait_again() -> None:
    async def work() -> None:
        patience = Patience(0.001)

        async def one() -> str:
            for _ in range(3):
                with pytest.raises(TimeoutError):
                    await patience.wait(never())
            task = asyncio.current_task()
            assert task is not None
            assert task.cancelling() == 0
            return "done"

        assert await asyncio.gather(*(one() for _ in range(5))) == ["done"] * 5

    run(work())


def test_whoever_comes_after_one_that_was_quick_is_stopped_too() -> None:
    async def work() -> None:
        patience = Patience(0.001)
        await patience.wait(asyncio.sleep(0))
        with pytest.raises(TimeoutError):
            await patience.wait(never())
        await asyncio.sleep(0.005)
        with pytest.raises(TimeoutError):
            await patience.wait(never())

    run(work())


def test_being_stopped_by_another_is_not_taken_for_taking_too_long() -> None:
    async def work() -> None:
        waiting = asyncio.create_task(Patience(LONG).wait(never()))
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting

    run(work())


def test_who_is_stopped_by_another_while_taking_too_long_is_stopped() -> None:
    async def work() -> None:
        late = asyncio.Event()

        async def stubborn() -> None:
            try:
                await never()
            finally:
                late.set()
                await asyncio.sleep(LONG)

        waiting = asyncio.create_task(Patience(0.001).wait(stubborn()))
        await late.wait()
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting

    run(work())


def test_what_comes_although_it_was_told_to_stop_has_come() -> None:
    async def work() -> None:
        async def deaf() -> str:
            try:
                await never()
            except asyncio.CancelledError:
                return "said"
            return ""

        assert await Patience(0.001).wait(deaf()) == "said"
        task = asyncio.current_task()
        assert task is not None
        assert task.cancelling() == 0

    run(work())
