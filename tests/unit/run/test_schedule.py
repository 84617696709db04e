"""The gate of requests: never more at a time than it lets through, and nobody waits in vain."""

import asyncio
import random

import pytest

from speclang.run.schedule import Gate


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
