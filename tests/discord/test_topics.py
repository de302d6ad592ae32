"""/topics: the library by theme, what is cited most first."""

from __future__ import annotations

from tests.discord.bench import Alliance, Bench, answered


async def test_a_theme_is_picked_and_a_passage_of_it_read(bench: Bench, valley: Alliance) -> None:
    async with bench.started():
        first, _ = bench.guide.passages
        await answered(bench, valley)
        shown = await valley.rosa.uses("/topics")
        assert "by theme" in shown.text
        theme = first.document.title
        picked = await valley.rosa.selects("Pick a theme", theme, on=shown)
        assert theme in picked.text
        # Both were cited once; all others never.
        listed = [line for line in picked.text.splitlines() if line.startswith("• ")]
        assert any(first.title in line for line in listed[:2])
        read = await valley.rosa.selects("Read a passage (1 to 25)", first.title, on=picked)
        assert first.sentences[-1] in read.text.replace("\\", "")
        cases = await valley.rosa.selects("Pick a theme", "Cases", on=picked)
        assert "17 passages" in cases.text
