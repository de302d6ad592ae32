"""Somebody who walks through a checklist while the bot's process is killed on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import Any

from bot.checklists.rules.run import Status
from bot.core.models import Library
from bot.store import Store
from tests.demo.process import BotProcess
from tests.discord.processes import LONG
from tests.discord.walks import SPONSOR, buttons
from tests.loopback import Channel, DiscordServer, Member, Response

BACK_FROM, BACK_TO, LAST = "resources", "risks", "next-step-at-home"
PICKS = {"champion-in-place": "No", "worth-a-place": "Yes, fully"}
REASON = "The budget comes in May."
_ACTIONS = 20
"""Things that somebody does in a run, at least."""
_MOST_KILLS = 10
_CALLBACK = ("POST", "/interactions/*/*/callback")
_FILL = ("PATCH", "/webhooks/*/*/messages/@original")
_POINTS = (None, (*_CALLBACK, False), (*_CALLBACK, True), (*_FILL, False), (*_FILL, True))
"""When it is killed: at once, or while a request is on its way, or the answer to it."""

Act = Callable[..., Awaitable[Response]]


class Killed(Exception):
    """The process was killed while it dealt with something.

    Attributes:
        response: what came of it until then.
    """

    def __init__(self, response: Response) -> None:
        super().__init__("killed")
        self.response = response


@dataclass(repr=False)
class Walked:
    """What somebody did in a run, as they remember it.

    Attributes:
        sent: the last text sent for each step, `times` how often a different one was.
        kept: the steps of which it was acknowledged that they are done.
    """

    promise: str
    sent: dict[str, str] = field(default_factory=dict)
    times: Counter[str] = field(default_factory=Counter)
    kept: set[str] = field(default_factory=set)

    async def assert_whole(self, store: Store, alliance: int) -> None:
        """The store has what was sent, each answer once, and the run is finished."""
        (head, *_) = sorted(await store.checklists.runs(alliance), key=lambda one: -one.id)
        walk = await store.checklists.walk(alliance, head.id)
        assert walk is not None
        run = walk.run
        assert run.status is Status.FINISHED
        answers = {step: given for step, (given,) in run.answers.items()}
        assert {step: one.given.text for step, one in answers.items()} == self.sent
        assert {step: one.revision for step, one in answers.items()} == dict(self.times)
        assert run.skipped[BACK_FROM].reason == REASON
        assert len(await store.checklists.commitments(alliance, run=run.id)) == 1


class Walker:
    """Walks through one run after the other.

    Attributes:
        killed: how often the process was.
        promised: what was promised in the runs so far.
    """

    def __init__(
        self,
        server: DiscordServer,
        bot: BotProcess,
        library: Library,
        person: Member,
        place: Channel,
        rng: Random,
    ) -> None:
        self.killed = 0
        self.promised: list[str] = []
        self._server, self._bot, self._rng = server, bot, rng
        self._person, self._place = person, place
        self._steps = library.checklists_by_id[SPONSOR].steps
        self._left: list[int] = []
        self._acted = 0

    async def walks(self, kills: int) -> Walked:
        """Go through a run from start to finish, during which the process is killed so often."""
        self._left = sorted(self._rng.sample(range(_ACTIONS), kills))
        self._acted = 0
        self.promised.append(f"Call Ana ({len(self.promised) + 1})")
        run, begun = Walked(self.promised[-1]), False
        page: Response | None = None
        while True:
            try:
                if page is None:
                    page = await self._page(begun=begun)
                if "no open run" in page.text:
                    if begun:
                        return run
                    page = await self._page(begun=False, anew=True)
                begun = True
                page = await self._goes_on(page, run)
            except Killed:
                page = None

    async def dies(self) -> None:
        """The process is killed, and another one started."""
        await self._bot.kill()
        await self._bot.start()
        self.killed += 1

    def reminded(self) -> dict[str, int]:
        """How many reminders came of each promise."""
        texts = [message.text for message in self._person.dm.history]
        return {what: sum(what in text for text in texts) for what in self.promised}

    def briefs(self) -> Counter[str]:
        """How many briefs with a button to share them were shown, by what they promise."""
        shown = [m for m in self._place.messages.values() if "Share with channel" in buttons(m)]
        return Counter(what for m in shown for what in self.promised if what in m.text)

    # -- the walk ------------------------------------------------------------------------------

    async def _page(self, *, begun: bool, anew: bool = False) -> Response:
        """Where the run stands, shown anew; a run is started where none was."""
        who, place = self._person, self._place
        if begun or (self._acted and not anew):
            return await self._does(lambda **o: who.uses("/checklist resume", in_=place, **o))
        return await self._does(
            lambda **o: who.uses("/checklist start", in_=place, name=SPONSOR, **o)
        )

    async def _goes_on(self, page: Response, run: Walked) -> Response:
        """Do what comes next, and return the page that follows."""
        who = self._person
        if "every step" in page.text:
            await self._does(lambda **o: who.clicks("Finish", on=page, **o))
            return await self._page(begun=True)
        (step,) = [one.id for one in self._steps if one.question[:40] in page.text]
        assert step not in run.kept, f"{step} is asked again"
        if step == BACK_FROM and run.times[BACK_TO] == 1:
            run.kept.discard(BACK_TO)
            return await self._does(lambda **o: who.clicks("Back", on=page, **o))
        if step == BACK_FROM:
            return await self._fills(page, run, step, "Skip", {"Reason": REASON})
        if (pick := PICKS.get(step)) is not None:
            run.sent[step], run.times[step] = pick, 1
            menu = "Choose an answer"
            return await self._keeps(run, step, lambda **o: who.selects(menu, pick, on=page, **o))
        text = f"{step}, {'changed' if step in run.sent else 'at first'}"
        fields = (
            {"What": run.promise, "By when": f"{datetime.now(UTC):%Y-%m-%d}"}
            if step == LAST
            else {}
        )
        return await self._fills(page, run, step, "Answer", {"Your answer": text, **fields})

    async def _fills(
        self, page: Response, run: Walked, step: str, button: str, values: Mapping[str, Any]
    ) -> Response:
        """Open a form and send it; one that was not acknowledged is still open and sent again."""
        who = self._person
        form = await self._does(lambda **o: who.clicks(button, on=page, **o), fills=False)
        if "Your answer" in values:
            run.sent[step] = values["Your answer"]
            run.times[step] += 1
        try:
            return await self._keeps(run, step, lambda **o: who.submits(form, values, **o))
        except Killed as killed:
            if killed.response.interaction.acknowledged:
                raise
        run.kept.add(step)
        return await who.submits(form, values)

    async def _keeps(self, run: Walked, step: str, act: Act) -> Response:
        """Do something that settles a step, as soon as it is acknowledged."""
        try:
            shown = await self._does(act)
        except Killed as killed:
            if killed.response.interaction.acknowledged:
                run.kept.add(step)
            raise
        run.kept.add(step)
        return shown

    async def _does(self, act: Act, *, fills: bool = True) -> Response:
        """Do something, and wait for what comes of it, unless the process is to be killed.

        Args:
            act: does it, with options that say how long to wait.
            fills: a message is filled with what comes of it.

        Raises:
            Killed: another process runs by now.
        """
        self._acted += 1
        if not self._left or self._acted <= self._left[0]:
            return await act()
        del self._left[0]
        point = self._rng.choice(_POINTS if fills else _POINTS[:3])
        gate = None
        if point is not None:
            method, path, after_work = point
            gate = self._server.faults.hold(method, path, after_work=after_work)
        response = await act(until_="sent")
        if gate is not None:
            await gate.arrived(within=LONG)
        await self._bot.kill()
        if gate is not None:
            gate.release()
        self._server.faults.clear()
        await self._bot.start()
        self.killed += 1
        raise Killed(response)


def runs_of(kills: int) -> Iterator[int]:
    """How often to kill in each of several runs."""
    while kills > 0:
        yield min(kills, _MOST_KILLS)
        kills -= _MOST_KILLS
