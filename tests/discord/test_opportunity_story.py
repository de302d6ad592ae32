"""Three partners join, an intermediary posts, two answer, the deadline passes, stewards look."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.opportunities.rules.models import State
from tests.discord.bench import Bench
from tests.discord.days import DAY, move_to, pass_time
from tests.discord.market import Market, market
from tests.discord.offers import settled, told
from tests.discord.walks import buttons

pytestmark = pytest.mark.days_pass

JOIN, INTERESTS, WHEN = (f"/partner {name}" for name in ("join", "interests", "notifications"))


async def test_from_joining_to_the_report_by_commands_alone(small: Bench) -> None:
    valley: Market = await market(small)
    here = valley.opportunities
    people = {"instant": valley.pat, "daily": valley.quinn, "off": valley.ray}
    async with small.started():
        for mode, person in people.items():
            await person.uses(JOIN, in_=here, name=f"{person.name} Works")
            await person.uses(INTERESTS, in_=here, topics="welding, childcare")
            await person.uses(WHEN, in_=here, mode=mode)
        preview = await valley.preview()
        posted = await valley.ivy.clicks("Post", on=preview)
        assert posted.text
        await settled(small)
        (post,) = [one for one in here.history if buttons(one)]
        heard = [mode for mode, person in people.items() if told(person.dm, "elding")]
        assert heard == ["instant"]
        (message,) = told(valley.pat.dm, "elding")
        await valley.pat.clicks("Interested", on=message)
        await valley.ray.clicks("Not for us", on=post)
        pass_time(small, 1.1 * DAY)
        await settled(small)
        heard = [mode for mode, person in people.items() if told(person.dm, "elding")]
        assert heard == ["instant", "daily"]
        deadline = (await valley.newest()).offer.deadline
        assert deadline is not None
        move_to(small, deadline - timedelta(hours=12))
        await settled(small)
        move_to(small, deadline)
        await settled(small)
        assert len(told(valley.pat.dm, "in which you are interested, closes")) == 1
        (one,) = await small.store.opportunities.opportunities(valley.id, states=tuple(State))
        assert one.state is State.CLOSED
        report = await valley.guild.owner.uses("/opportunity report", in_=here)
    assert "1 posted, reached 2 · 1 interested, 1 not for them" in report.text
    assert len(report.files) == 2
