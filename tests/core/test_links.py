"""Web addresses: which are taken, and where a browser goes with one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.links import host_of, is_link, masked_hosts, shown_link


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ("https://a.example", "https://a.example"),
        ("HTTP://A.example:8080/x?y=z#w", "HTTP://a.example:8080/x?y=z#w"),
        ("https://a.example?q", "https://a.example?q"),
        ("https://my_host.a.example/@ana/x:y", "https://my_host.a.example/@ana/x:y"),
        ("https://b\u00fccher.example/\u00fc", "https://xn--bcher-kva.example/\u00fc"),
        ("https://fa\u00df.example", "https://xn--fa-hia.example"),
        ("https://\u0430pple.example/x", "https://xn--pple-43d.example/x"),
        ("https://xn--pple-43d.example/x", "https://xn--pple-43d.example/x"),
        ("https://a\u3002\uff45xample/", "https://a.example/"),
        ("https://i\u2764.example", "https://xn--i-7iq.example"),
        ("https://127.0.0.1/", "https://127.0.0.1/"),
        ("https://bank.example@evil.example/x", "https://bank.example@evil.example/x"),
        ("https://a:b@\u0430.example:80/x", "https://a:b@xn--80a.example:80/x"),
        ("https://a.example/<x>", "https://a.example/%3Cx%3E"),
    ],
)
def test_a_link_that_all_read_alike_is_taken_and_shows_where_it_leads(
    link: str, shown: str
) -> None:
    assert is_link(link)
    assert shown_link(link) == shown


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "ftp://a.example",
        "http\u017f://a.example",
        "mailto:ana@a.example",
        "a.example",
        "//a.example",
        "https://",
        "https://localhost",
        "https://a.example:port/",
        "https://a.example:99999/",
        "https://a.example:0/",
        "https://a.example:/",
        "https://a.example:+80/",
        "https://a.example:\uff18\uff10/",
        "https://a.example:80:80/",
        "https://a example/",
        "https://a.example/ x",
        "https://a.example/\u00a0x",
        "https://a.exa\tmple/",
        "https://a.example/x\n",
        "https://a.exam\u200bple/",
        "https://a.example/\u202egpj.exe",
        "https://a.example/\x00",
        "https://bank.example\uff0fx@evil.example/",
        "https://bank.example@a@evil.example/",
        "https://@evil.example/",
        "https://evil.example\\@bank.example",
        "https://evil.example/\\bank.example",
        "https:\\\\evil.example",
        "https:/evil.example",
        "https:evil.example",
        "https:///evil.example",
        "https://ev%69l.example/",
        "https://[::1/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::1]@a.example/",
        "https://0x7f.0.0.1/",
        "https://127.1/",
        "https://127.0.0.08/",
        "https://\uff11\uff12\uff17.0.0.1/",
        "https://a..example/",
        "https://" + "a" * 64 + ".example/",
        "https://a.example/" + "x" * 500,
    ],
)
def test_what_a_browser_may_read_otherwise_is_no_link(link: str) -> None:
    assert not is_link(link)


@pytest.mark.parametrize(
    ("link", "host"),
    [
        ("https://evil.example\\@bank.example", "evil.example"),
        ("https://bank.example\\.evil.example", "bank.example"),
        ("https:\\\\evil.example/@bank.example", "evil.example"),
        ("https:evil.example", "evil.example"),
        ("https://bank.example@evil.example", "evil.example"),
        ("https://bank.example:443@evil.example:80/", "evil.example"),
        ("https://ev\til.example", "evil.example"),
        ("https://ev%69l.example", "evil.example"),
        ("https://ev\u200bil.example", "evil.example"),
        ("https://\u0435vil.example", "xn--vil-qdd.example"),
        ("https://0x7f.1", "127.0.0.1"),
        ("https://2130706433/", "127.0.0.1"),
        ("https://\uff11\uff12\uff17.0.0.1/", "127.0.0.1"),
        ("https://[0:0::1]:80/", "[::1]"),
        ("https://bank.example#@evil.example", "bank.example"),
        ("https://bank.example?@evil.example", "bank.example"),
        ("https://999.1.1.1/", ""),
        ("https://[::1", ""),
        ("https://", ""),
        ("mailto:x@y.example", ""),
    ],
)
def test_the_host_is_the_one_that_a_browser_goes_to(link: str, host: str) -> None:
    assert host_of(link) == host


@given(st.text(max_size=80))
def test_no_link_makes_reading_fail(text: str) -> None:
    for prefix in ("", "https://", "http://[", "https://a.example"):
        shown_link(prefix + text)
        masked_hosts(f"[a]({prefix}{text})")
        if is_link(prefix + text):
            assert host_of(shown_link(prefix + text)) == host_of(prefix + text) != ""
            assert host_of(prefix + text).isascii()


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("See https://a.example", ()),
        ("[https://bank.example](https://evil.example/x)", ("evil.example",)),
        ("[a](<https://evil.example>) [b](HTTPS://Evil.Example/y)", ("evil.example",)),
        ("[a [b]](https://evil.example)", ("evil.example",)),
        ("[bank](https://bank.example@evil.example/)", ("evil.example",)),
        ("[bank](https://evil.example\\@bank.example)", ("evil.example",)),
        ("[bank](https://b\u0430nk.example)", ("xn--bnk-6cd.example",)),
        ("[a](https://x.example) and [b](http://y.example)", ("x.example", "y.example")),
        ("[a](mailto:x@y.example) [ ] (https://z.example)", ()),
        ("[join](https://discord.gg/abc)", ("discord.gg",)),
    ],
)
def test_the_hosts_behind_masked_links_are_named(text: str, hosts: tuple[str, ...]) -> None:
    assert masked_hosts(text) == hosts
