"""Opportunities over the loopback Discord: an intermediary posts, partners answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.alliances.records import ChannelPurpose
from bot.opportunities.rules.models import Mode, Notifications, Opportunity, Respondent, State
from tests.discord.bench import Bench, eventually
from tests.loopback import Channel, Guild, Member, Message, Response, Role

WELDING = {
    "Title": "Welding seats",
    "Description": "Twelve free seats in the evening welding course.",
    "Who it is for": "Small manufacturers",
    "Deadline": "in two weeks",
    "Link": "https://college.example.org/welding",
}
KIND = "training seats"


@dataclass(repr=False)
class Market:
    """A server with a channel for opportunities.

    Ivy may post; Pat, Quinn and Ray speak for partners; Sam is its steward.
    """

    bench: Bench
    guild: Guild
    opportunities: Channel
    lounge: Channel
    role: Role
    ivy: Member
    pat: Member
    quinn: Member
    ray: Member
    sam: Member

    @property
    def id(self) -> int:
        return self.guild.id

    async def joins(
        self, who: Member, name: str, *interests: str, mode: Mode = Mode.INSTANT, region: str = ""
    ) -> None:
        """Let somebody speak for a partner that looks for something."""
        store = self.bench.store
        await store.people.join_organization(self.id, who.id, name)
        await store.people.set_profile(self.id, name, interests=interests, region=region)
        await store.people.set_notifications(self.id, who.id, Notifications(mode))

    async def form(self, who: Member | None = None, **options: object) -> Response:
        """The form of /opportunity post."""
        given = {"kind": KIND, **options}
        return await (who or self.ivy).uses("/opportunity post", in_=self.lounge, **given)

    async def preview(
        self, who: Member | None = None, fields: dict[str, str] | None = None, **options: object
    ) -> Response:
        """Whatever the filled form comes back as."""
        form = await self.form(who, **options)
        return await (who or self.ivy).submits(form, WELDING | (fields or {}))

    async def posted(
        self, who: Member | None = None, fields: dict[str, str] | None = None, **options: object
    ) -> Message:
        """The post in the channel, once the bot knows where it stands."""
        preview = await self.preview(who, fields, **options)
        pressed = await (who or self.ivy).clicks("Post", on=preview)
        await pressed.until(lambda r: "It stands here" in r.text, what="the link of the post")
        return self.opportunities.history[-1]

    async def newest(self) -> Opportunity:
        """What was posted last."""
        known = await self.bench.store.opportunities.opportunities(self.id, states=tuple(State))
        return max(known, key=lambda one: one.id)

    async def answers(self) -> list[Respondent]:
        """Who answered what was posted last."""
        return list(await self.bench.store.opportunities.answers(self.id, (await self.newest()).id))

    async def shown(self, post: Message, text: str) -> None:
        """Wait until the post says something."""
        await eventually(lambda: text in post.text)


async def market(bench: Bench, name: str = "Valley") -> Market:
    guild = bench.server.guild(name)
    role = guild.role("Intermediaries")
    opportunities, lounge = guild.channel("opportunities"), guild.channel("lounge")
    await bench.store.alliances.add_channel(
        guild.id, opportunities.id, ChannelPurpose.OPPORTUNITIES
    )
    await bench.store.alliances.change_settings(guild.id, intermediary_role=role.id)
    ivy = guild.member("Ivy", roles=[role])
    pat, quinn, ray = (guild.member(person) for person in ("Pat", "Quinn", "Ray"))
    sam = guild.member("Sam", permissions=["manage_guild", "view_channel"])
    return Market(bench, guild, opportunities, lounge, role, ivy, pat, quinn, ray, sam)


async def partnered(bench: Bench, *interests: str) -> Market:
    """A market in which Pat, with these interests, and Quinn speak for partners."""
    found = await market(bench)
    await found.joins(found.pat, "Pat's Plant", *interests)
    await found.joins(found.quinn, "Quinn Co")
    return found


def midnight(days: int) -> datetime:
    """The end of a day that lies so many days ahead, in UTC."""
    day = (datetime.now(UTC) + timedelta(days=days)).date()
    return datetime(day.year, day.month, day.day, 23, 59, tzinfo=UTC)
