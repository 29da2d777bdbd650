"""sources.toml: what is read, and every error with its line and field."""

from __future__ import annotations

import pickle

import pytest

from pipeline.sources import load_config, sources_from_arguments
from pipeline.sources.errors import ConfigError, FetchError, StoreError

GOOD = """
contact = "ledger@clinic.example"
stale_after_days = 30
notify_command = ["mail-it", "--now"]

[[source]]
name = "bundled"
folder = "articles"
publisher = "Clinic"
authority = "aggregator"

[[source]]
sitemap = "https://guides.example/sitemap.xml"
schedule = "0 3 * * *"
per_second = 2
exclude = ["*/news/*"]
reader = { main = "div.content" }
"""


def test_a_whole_configuration(tmp_path):
    path = tmp_path / "sources.toml"
    path.write_text(GOOD)
    config = load_config(path)
    assert (config.contact, config.stale_after_days, config.notify_command) == (
        "ledger@clinic.example", 30, ("mail-it", "--now"),
    )  # fmt: skip
    assert [(s.name, s.kind, s.at, s.publisher, s.authority, s.schedule, s.per_second, s.hints) for s in config.sources] == [
        ("bundled", "folder", str(tmp_path / "articles"), "Clinic", "aggregator", None, 1.0, ()),
        (
            "https://guides.example/sitemap.xml", "sitemap", "https://guides.example/sitemap.xml",
            None, None, "0 3 * * *", 2.0, (("main", "div.content"),),
        ),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code", "line", "word"),
    [
        ("[[source]]\nfolder = 3\n", "E-CONFIG-3", 2, "folder"),
        ('[[source]]\nfolder = "a"\nschedul = "x"\n', "E-CONFIG-2", 3, "did you mean schedule?"),
        ('tiemout = 3\n[[source]]\nfolder = "a"\n', "E-CONFIG-2", 1, "did you mean timeout?"),
        ('[[source]]\nname = "a"\nsitemp = "https://x.example"\n', "E-CONFIG-2", 3, "did you mean sitemap?"),
        ('[[source]]\nfolder = "a"\n\n[[source]]\nurl = "b.example"\n', "E-CONFIG-8", 5, "url"),
        ('[[source]]\nfolder = "a"\nurl = "https://x.example"\n', "E-CONFIG-7", 3, "exactly one place"),
        ('[[source]]\nname = "a"\n', "E-CONFIG-7", 1, "exactly one place"),
        ('[[source]]\nfolder = "a"\nschedule = "nightly"\n', "E-CONFIG-6", 3, "0 3 * * *"),
        (
            '[[source]]\nfolder = "a"\nschedule = "0 25 * * *"\n',
            "E-CONFIG-6",
            3,
            "hour 25 is not between 0 and 23",
        ),
        ('[[source]]\nfolder = "a"\nschedule = "*/0 3 * * *"\n', "E-CONFIG-6", 3, "step 0 of the minute"),
        ('[[source]]\nfolder = "a"\nschedule = "0 3 * * noon"\n', "E-CONFIG-6", 3, "weekday 'noon' is none"),
        ('[[source]]\nfolder = "a"\nauthority = "blog"\n', "E-CONFIG-4", 3, "guideline body"),
        ('[[source]]\nfolder = "a"\nper_second = 0\n', "E-CONFIG-5", 3, "per_second"),
        ('[[source]]\nfolder = "a"\nschedule = "0 3 * * moon"\n', "E-CONFIG-6", 3, "weekday 'moon' is none"),
        ('[[source]]\nfolder = "a"\nschedule = "0 3 * mon *"\n', "E-CONFIG-6", 3, "month 'mon' is none"),
        ('[[source]]\nurl = "https://[half"\n', "E-CONFIG-8", 2, "no web address"),
        ('[[source]]\nfeed = "https://"\n', "E-CONFIG-8", 2, "no web address"),
        ('[[source]]\nfolder = "a"\nreader = { mian = "div" }\n', "E-CONFIG-3", 3, "main = "),
        ('[[source]]\nfolder = "~nobody-here/a"\n', "E-CONFIG-10", 2, "no such home folder"),
        ('retries = nan\n[[source]]\nfolder = "a"\n', "E-CONFIG-3", 1, "whole number"),
        ('timeout = inf\n[[source]]\nfolder = "a"\n', "E-CONFIG-5", 1, "no number"),
        ('rules = "none.toml"\n[[source]]\nfolder = "a"\n', "E-CONFIG-10", 1, "none.toml"),
        ('[[source]]\nfolder = "a"\ninclude = [1]\n', "E-CONFIG-3", 3, "include"),
    ],
)
def test_an_error_names_file_line_and_field(tmp_path, text, code, line, word):
    path = tmp_path / "sources.toml"
    path.write_text(text)
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    assert (caught.value.code, caught.value.where) == (code, f"{path}, line {line}")
    assert word in str(caught.value)


@pytest.mark.parametrize("text", ["", "x = ", "timeout = 3"])
def test_no_configuration_at_all(tmp_path, text):
    path = tmp_path / "sources.toml"
    path.write_text(text)
    with pytest.raises(ConfigError):
        load_config(path)


def test_places_on_the_command_line(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    config = sources_from_arguments([str(tmp_path), "https://x.example/a", "s3://bucket/articles"])
    assert [(s.kind, s.at) for s in config.sources] == [
        ("folder", str(tmp_path)), ("url", "https://x.example/a"), ("remote", "s3://bucket/articles"),
    ]  # fmt: skip
    with pytest.raises(ConfigError, match="no such file"):
        sources_from_arguments([str(tmp_path / "nowhere")])


@pytest.mark.parametrize("kind", [ConfigError, FetchError, StoreError])
def test_errors_survive_pickling(kind):
    error = kind("E-X-1", "what", where="there", do="this")
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again)) == (kind, str(error))
