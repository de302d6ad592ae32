import time as t
from bot.core.opportunities.models import Mode
from tests.discord.reaching import *
from tests.discord.test_opportunity_delivery import server, board  # noqa
from tests.discord.bench import eventually
import pytest
@pytest.mark.timeout(200)
async def test_big(bench, valley, board):
    people=[valley.guild.member(f"P{n}") for n in range(1000)]
    a=t.time()
    for n,p in enumerate(people): await listens(bench.store,p,f"O{n}")
    b=t.time(); print("listeners",b-a)
    await publish(bench.store,valley.guild,board); c=t.time(); print("publish",c-b)
    bench.server.faults.rate_limit("POST","/channels/*/messages",retry_after=0.2,times=20)
    async with bench.started():
        async with __import__("asyncio").timeout(150):
            while True:
                n=sum(bool(told(p.dm)) for p in people)
                if n==1000: break
                await __import__("asyncio").sleep(0.5)
        await settled(bench)
        print("delivered",t.time()-c)
    assert [len(told(p.dm)) for p in people]==[1]*1000
