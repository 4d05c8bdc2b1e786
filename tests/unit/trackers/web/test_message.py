"""What is read out of an answer: its data, its next page, what it says about a refusal."""

import pytest

from tracksync.trackers.web.message import Answer, Garbled

from .given import answer


@pytest.mark.parametrize(
    ("link", "next_"),
    [
        ("", None),
        ('<https://api.example.com/a?page=2>; rel="next"', "https://api.example.com/a?page=2"),
        ('<https://a/x?page=1>; rel="prev", <https://a/x?page=3>; rel="next"', "https://a/x?page=3"),
        ('<https://a/x?page=3>; rel="last", <https://a/x?page=1>; rel="first"', None),
        ("<https://a/x?after=c%3D%3D>; rel=next", "https://a/x?after=c%3D%3D"),
        ('<https://a/x?q=a,b;c>; title="next"; rel="prev"', None),
    ],
)
def test_the_next_page_is_the_one_that_the_link_header_names(link, next_):
    assert next_ == answer(link=link).next


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (None, ""),
        ([], ""),
        ({"message": "Not Found"}, "Not Found"),
        ({"error": "404 Project Not Found"}, "404 Project Not Found"),
        ({"message": "two\r\nlines\u2028 three"}, "two lines three"),
        (
            {
                "message": "Validation Failed",
                "errors": [{"resource": "Issue", "field": "assignees", "code": "invalid", "value": "bob"}],
            },
            "Validation Failed: assignees invalid bob",
        ),
        (
            {"message": "Validation Failed", "errors": [{"code": "custom", "message": "body is too long"}, "again"]},
            "Validation Failed: body is too long, again",
        ),
        ({"message": "Validation Failed", "errors": [{}]}, "Validation Failed"),
        ({"errors": [{"message": "Something went wrong"}]}, "Something went wrong"),
        ({"message": None, "errors": "x"}, ""),
        ({"message": "x" * 1_000}, "x" * 300),
    ],
)
def test_what_a_refusal_says_is_one_short_line(body, message):
    assert message == answer(422, body).message


def test_a_refusal_that_is_a_page_says_nothing():
    assert "" == Answer(502, {}, "<html>Bad Gateway</html>").message


def test_an_empty_body_is_no_data_and_a_page_is_garbled():
    assert Answer(204, {}, " \n").data() is None
    for text in ("<html>", '{"a": 1', "[" * 100_000):
        with pytest.raises(Garbled):
            Answer(200, {}, text).data()
