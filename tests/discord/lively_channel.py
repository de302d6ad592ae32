"""Ten minutes of a lively server, played and written down: who wrote what, and what the bot did."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable
from dataclasses import dataclass, field

from bot.answers.answer_screen import record_of
from tests.discord.bench import Alliance, Bench, eventually
from tests.discord.days import pass_time, set_clock
from tests.discord.offers import WELDING, board_of, listens, publish, settled
from tests.loopback import Channel, File, Member, Message

_COMMAND = re.compile(r"</([^:>]+):\d+>")
_TIME = re.compile(r"<t:\d+(?::\w)?>")
_WHOSE = re.compile(r"Answering what (\w+) wrote")
_SHOWN = 150
"""Characters of what the bot says."""
_HEAD = """# Ten minutes of a lively channel

Played over the loopback Discord with the real guide by `tests/discord/lively_channel.py`; a test
holds this page against it and `{command}` writes it anew.
Everything that people wrote is here, and all that the bot did about it: it answers in the channel in
which it was asked, as a reply. **#questions** is a channel for questions, **#lounge** is not.

|  | time | who, where | wrote | the bot |
|---|---|---|---|---|
"""
COMMAND = "LIVELY_CHANNEL=write pytest tests/discord/test_lively_channel.py"


@dataclass
class Log:
    """Plays one thing after the other, and writes down what comes of each.

    Attributes:
        numbers: the line in which a message stands, by its id.
    """

    bench: Bench
    valley: Alliance
    heard: set[int] = field(default_factory=set)
    rows: list[str] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)
    shown: dict[int, str] = field(default_factory=dict)
    begun: float = 0.0

    def listen(self) -> None:
        """Note which messages reached the bot."""
        client = self.bench.client
        assert client is not None

        async def note(message: object) -> None:
            self.heard.add(message.id)  # type: ignore[attr-defined]

        client.listen("message", note)

    async def says(
        self,
        who: Member,
        where: Channel,
        text: str,
        *,
        after: float = 9,
        to: Message | None = None,
        asks_bot: bool = False,
        mentions: Member | None = None,
        file: File | None = None,
        unfinished: bool = False,
    ) -> Message:
        """Somebody writes something; `unfinished`, so that the bot waits for more of it."""
        named = [self.bench.server.bot] if asks_bot else [mentions] if mentions else []
        files = [file] if file else []
        pass_time(self.bench, after)
        message = await who.says(where, text, reply_to=to, ping=False, mentions=named, files=files)
        lead = "@Alliance Guide " if asks_bot else f"@{mentions.name} " if mentions else ""
        wrote = f"{lead}{text}{f' [{file.name}]' if file else ''}".strip()
        await self._written(who, message, wrote, to, unfinished=unfinished)
        return message

    async def forwards(self, who: Member, message: Message, where: Channel) -> Message:
        """Somebody forwards a message."""
        pass_time(self.bench, 15)
        made = await who.forwards(message, to=where)
        await self._written(who, made, f"(forwards {self.line(message)})", None)
        return made

    async def does(self, who: Member, place: Channel, what: str, act: Awaitable[object]) -> None:
        """Somebody does something to a message."""
        pass_time(self.bench, 5)
        before = len(self.bench.events)
        await act
        await eventually(lambda: len(self.bench.events) > before)
        await self._settle()
        self._note(f"{who.name}, {_name(place)}", f"({what})")
        await self._finish()

    async def notices(self, what: str) -> None:
        """Something happens that the bot tells people of."""
        await settled(self.bench)
        self._note("", f"({what})")
        await self._finish()

    def answer_to(self, message: Message) -> Message:
        """The bot's reply to a message."""
        return next(one for one in self._of_bot() if one.reference is message)

    def page(self) -> str:
        """Everything as Markdown."""
        return _HEAD.format(command=COMMAND) + "\n".join(self.rows) + "\n"

    # -- what comes of it ------------------------------------------------------------------------

    async def _written(
        self,
        who: Member,
        message: Message,
        wrote: str,
        to: Message | None,
        *,
        unfinished: bool = False,
    ) -> None:
        await eventually(lambda: message.id in self.heard)
        if unfinished:
            await eventually(lambda: bool(self.bench.pauses.begun))
        else:
            await self._settle()
        of_bot = to is not None and to.author is self.bench.server.bot
        reply = f", to {'the bot in ' if of_bot else ''}{self.line(to)}" if to else ""
        self._note(f"{who.name}, {_name(message.channel)}{reply}", wrote, message)
        if unfinished:
            self.rows[-1] += " is typing, and waits for the rest |"
        else:
            await self._finish()

    def _note(self, who: str, wrote: str, message: Message | None = None) -> None:
        now = self.bench.server.world.clock.now()
        self.begun = self.begun or now
        number = len(self.rows) + 1
        if message is not None:
            self.numbers[message.id] = number
        seconds = round(now - self.begun)
        time = f"{seconds // 60}:{seconds % 60:02}"
        self.rows.append(f"| {number} | {time} | {who} | {wrote} |")

    async def _settle(self) -> None:
        await self.bench.idle()

    async def _finish(self) -> None:
        """Write what the bot said, changed or took back since the last line."""
        did = [one async for one in self._what_it_did()]
        self.rows[-1] += f" {'; '.join(did) or 'lets it be'} |"
        self.shown = {one.id: one.text for one in self._of_bot()}

    async def _what_it_did(self) -> AsyncIterator[str]:
        number = len(self.rows)
        standing = {one.id: one for one in self._of_bot()}
        for id_ in self.shown.keys() - standing.keys():
            yield f"takes back what it said in {self.numbers[id_]}"
        for one in standing.values():
            if one.id not in self.shown:
                self.numbers[one.id] = number
                yield await self._said(one)
            elif self.shown[one.id] != one.text:
                yield f"changes what it said in {self.numbers[one.id]}: {await self._said(one)}"

    async def _said(self, message: Message) -> str:
        alliance = self.valley.guild.id
        exchange = await self.bench.store.answers.exchange_by_answer(alliance, message.id)
        if exchange is None or (record := record_of(exchange)).about_bot is not None:
            where = "" if message.reference else f"says, {_name(message.channel)}: "
            return f"{where}“{_begin(message.text)}”"
        read = exchange.question.replace("\n", " ")
        if record.ask_back:
            return f"asks back what “{read}” is about: “{_begin(message.text)}”"
        if not exchange.outcome.answered:
            return f"says that its library does not cover “{read}”"
        whose = _WHOSE.search(message.text)
        lead = f"says that it is what {whose[1]} wrote, and " if whose else ""
        return f"{lead}answers “{read}” from *{record.citations[0].title}*"

    def _of_bot(self) -> list[Message]:
        bot, places = self.bench.server.bot, self.bench.server.world.channels.values()
        return [one for place in places for one in place.history if one.author is bot]

    def line(self, message: Message) -> int:
        """The line in which a message stands."""
        return self.numbers[message.id]


def _name(channel: Channel) -> str:
    if channel.is_dm:
        return "directly"
    return f"thread “{channel.name}”" if channel.is_thread else f"#{channel.name}"


def _begin(text: str) -> str:
    """How a text begins, on one line."""
    plain = _TIME.sub("(a day)", _COMMAND.sub(r"/\1", text).replace("|", "/"))
    plain = " ".join(plain.split())
    return plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN].rsplit(' ', 1)[0]} …"


async def play(bench: Bench, valley: Alliance) -> str:
    """Play it all; the page."""
    board = await board_of(bench.store, valley.guild)
    await listens(bench.store, valley.omar, "City College")
    set_clock(bench, 10)
    nora = valley.guild.member("Nora")
    async with bench.started():
        log = Log(bench, valley)
        log.listen()
        await _morning(log, nora)
        await _in_the_lounge(log, nora)
        await _by_hand(log, nora)
        await _a_notice(log, board)
        await _towards_noon(log, nora)
    return log.page()


async def _morning(log: Log, nora: Member) -> None:
    """People talk, ask, thank, and one of them in two halves."""
    rosa, omar, here, says = log.valley.rosa, log.valley.omar, log.valley.questions, log.says
    await says(rosa, here, "Morning everyone!")
    await says(omar, here, "morning :)", after=6)
    met = await says(
        rosa, here, "We met both hospitals yesterday, it went better than I thought.", after=15
    )
    came = await says(omar, here, "nice, who came?", to=met)
    await says(rosa, here, "HR from both, and the dean", to=came, after=14)
    asked = await says(nora, here, "how do we keep momentum after the kickoff?", after=25)
    await says(nora, here, "thanks!", after=25)
    await says(omar, here, "and who should run the meetings?", to=log.answer_to(asked))
    seen = await says(rosa, here, "did you see the numbers?", mentions=nora, after=20)
    await says(nora, here, "not yet, will you send them again?", to=seen, after=8)
    log.bench.pauses.hold()
    await says(omar, here, "how do we get them", unfinished=True, after=25)
    await says(omar, here, "to train their people together?", after=4)
    log.bench.pauses.end()
    await says(rosa, here, "👍", after=15)


async def _in_the_lounge(log: Log, nora: Member) -> None:
    """Where the bot has to be mentioned: a colleague's worry, and what it leads to."""
    rosa, omar, lounge, says = log.valley.rosa, log.valley.omar, log.valley.lounge, log.says
    worry = await says(
        rosa, lounge, "nobody wants to pay for joint training, they fear poaching", after=25
    )
    await says(nora, lounge, "same here tbh", to=worry)
    advice = await says(omar, lounge, "any advice on this?", to=worry, asks_bot=True, after=15)
    await says(rosa, lounge, "what does [2] say?", to=log.answer_to(advice), after=20)
    await says(omar, lounge, "great, that helps", to=log.answer_to(advice), after=15)
    await log.forwards(nora, worry, log.valley.questions)
    await says(nora, log.valley.questions, "thoughts on this?", after=3)
    await says(omar, lounge, "", asks_bot=True, after=15)
    await says(omar, lounge, "joint training for small firms", after=15)
    await says(rosa, lounge, "hi", asks_bot=True, after=15)
    await says(nora, lounge, "what can you do?", asks_bot=True, after=15)


async def _by_hand(log: Log, nora: Member) -> None:
    """What people delete, edit, and type instead of picking it."""
    rosa, here, says = log.valley.rosa, log.valley.questions, log.says
    slip = await says(rosa, here, "What does a champion do?", after=20)
    await log.does(rosa, here, f"deletes {log.line(slip)}", rosa.deletes(slip))
    await says(log.valley.omar, here, "lol", after=5)
    await says(nora, here, "/ask how do we share credit", after=20)
    await says(rosa, here, "/checklist start name:after-kickoff", after=20)
    bread = await says(nora, here, "How do I bake sourdough bread?", after=15)
    wanted = "How do we share credit with partners?"
    await log.does(nora, here, f"makes {log.line(bread)} “{wanted}”", nora.edits(bread, wanted))


async def _a_notice(log: Log, board: Channel) -> None:
    """An opportunity comes, and is answered in words."""
    omar, bench = log.valley.omar, log.bench
    pass_time(bench, 15)
    await publish(bench.store, log.valley.guild, board, WELDING)
    await log.notices("an opportunity is posted that fits Omar's organization")
    notice = next(one for one in omar.dm.history if one.author is bench.server.bot)
    await log.says(omar, omar.dm, "count us in, two people", to=notice, after=20)
    await log.says(omar, omar.dm, "and stop these please", to=notice, after=10)


async def _towards_noon(log: Log, nora: Member) -> None:
    """Files, a thread, and a story that ends in a question."""
    rosa, omar, here, says = log.valley.rosa, log.valley.omar, log.valley.questions, log.says
    text = b"Our sponsor wants to know what the alliance brought. What do I show?"
    await says(rosa, here, "", file=File("message.txt", text), after=25)
    poster = File("poster.png", b"\x89PNG", "image/png")
    await says(nora, here, "look at our poster", file=poster, after=15)
    logo = "it came up again on Tuesday, everybody wants the logo on top"
    first = await says(nora, log.valley.lounge, logo, after=15)
    thread = await nora.opens_thread("How do we share credit?", on=first)
    await says(rosa, thread, "not again :D", after=10)
    await says(omar, thread, "see title", asks_bot=True, after=15)
    await says(omar, here, "we are a small rural alliance", after=20)
    await says(omar, here, "two employers left last month", after=3)
    await says(omar, here, "what should we do first?", after=4)
    await says(rosa, here, "gotta run, thanks all", after=15)
