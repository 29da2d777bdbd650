"""What an address or an error tells of the secrets in it: nothing."""

import pickle

import pytest

from pipeline.model import EvidenceError
from pipeline.model.addresses import without_secrets

LONG = "Zx81Kq02Lm77Pw39"


@pytest.mark.parametrize(
    ("address", "told"),
    [
        # who asks
        ("https://me:pa55@a.example/x", "https://a.example/x"),
        ("https://ghp_token@a.example/x", "https://a.example/x"),
        ("https://me@mail.example:pa55@a.example/x", "https://a.example/x"),
        ("https://me:pa/55?#@a.example/x", "https://a.example/x"),
        ("s3://name:pa55@bucket/x", "s3://name@bucket/x"),
        ("zip://*.html::https://me:pa55@a.example/x.zip", "zip://*.html::https://a.example/x.zip"),
        # what is no password
        ("https://a.example:8080/@me/x", "https://a.example:8080/@me/x"),
        ("https://a.example/x?mail=me@b.example", "https://a.example/x?mail=me@b.example"),
        ("https://[::1]:8080/me@x", "https://[::1]:8080/me@x"),
        ("abfs://container@account/x", "abfs://container@account/x"),
        # named secrets
        (f"https://a.example/x?a=1&access_token={LONG}&b=2", "https://a.example/x?a=1&access_token=***5094fb&b=2"),
        (f"https://a.example/x?X-Amz-Signature={LONG}&X-Amz-Date=2026", "https://a.example/x?X-Amz-Signature=***5094fb&X-Amz-Date=2026"),
        (f"https://a.example/x?apiKey={LONG}#id_token={LONG}", "https://a.example/x?apiKey=***5094fb#id_token=***5094fb"),
        ("https://a.example/x?sig=ab%2Bcd", "https://a.example/x?sig=***"),
        (f"https://a.example/x?password={LONG}", "https://a.example/x?password=***"),
        ("https://a.example/x;jsessionid=AB12?token=cd&a=1", "https://a.example/x;jsessionid=***?token=***&a=1"),
        ("https://a.example/in?next=https%3A%2F%2Fme%3Apa55%40a.example%2Fx%3Ftoken%3Dab%26b%3D2",
         "https://a.example/in?next=https%3A%2F%2Fa.example%2Fx%3Ftoken%3D***%26b%3D2"),
        # names that may be of a secret or of an article
        (f"https://a.example/x?key={LONG}", "https://a.example/x?key=***5094fb"),
        ("https://a.example/x?key=8f14e45f-ceea-467f-a123-123456789abc", "https://a.example/x?key=***ad56bc"),
        ("https://a.example/x?key=atrial-fibrillation-2024", "https://a.example/x?key=atrial-fibrillation-2024"),
        ("https://a.example/x?keyword=gout&tokens=5", "https://a.example/x?keyword=gout&tokens=5"),
        # in a sentence
        ("see 'https://a.example/x?token=ab' (https://me:pa55@a.example/y).", "see 'https://a.example/x?token=***' (https://a.example/y)."),
        ("write to me@b.example, a = b", "write to me@b.example, a = b"),
    ],
)  # fmt: skip
def test_an_address_without_its_secrets(address, told):
    assert (without_secrets(address), without_secrets(told)) == (told, told)


def test_an_error_tells_no_secret_also_after_its_travels():
    error = EvidenceError(
        "E-X-1", "https://me:pa55@a.example/ is away", where="https://a.example/?token=ab", do="ask ftp://me:pa55@b.example"
    )  # fmt: skip
    told = "E-X-1  https://a.example/ is away\n  where: https://a.example/?token=***\n  do:    ask ftp://me@b.example"
    assert [str(error), str(pickle.loads(pickle.dumps(error)))] == [told, told]
    assert "pa55" not in repr(error)
