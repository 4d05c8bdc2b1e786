"""Whatever is wrong with a configuration is one sentence at its place, and all of it is said at once."""

import os
from pathlib import Path

import pytest

from tracksync import config
from tracksync.config.yaml import MAX_BYTES
from tracksync.errors import ConfigError


def faults(text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        config.parse(text, "t.yml")
    return shown(caught.value)


def there(folder: Path) -> list[str]:
    """The faults of the file in `folder`, as they are shown there."""
    with pytest.raises(ConfigError) as caught:
        config.load(folder, None)
    return shown(caught.value)


def shown(error: ConfigError) -> list[str]:
    first, *lines = str(error).split("\n")
    assert config.UNUSABLE == first
    return lines


def test_every_fault_is_reported_at_its_place_in_one_error() -> None:
    text = """\
documents:
  inclde: [a/**]
  include: [b, c]
  exclude: [c]
limits: {creates: yes, closes: 017, relative_percent: 101}
creates: 3
policy: upsrt
cache: yes
status: {blocked: [Stuck], complete: [stuck]}
zzz: 1
badges: {}
"""
    assert [
        "t.yml:2:3: documents.inclde is not a key; did you mean documents.include?",
        "t.yml:4:13: documents.exclude[1]: 'c' is a pattern of documents.include too: keep one of the two",
        "t.yml:5:19: limits.creates must be a whole number, 0 or more, in digits only",
        "t.yml:5:32: limits.closes must be a whole number, 0 or more, in digits only",
        "t.yml:5:55: limits.relative_percent must be at most 100",
        "t.yml:6:1: creates is not a key; did you mean limits.creates?",
        "t.yml:7:9: policy must be create-only, upsert or full; did you mean upsert?",
        "t.yml:8:8: cache must be true or false",
        "t.yml:9:39: status.complete[1]: 'stuck' already stands for status.blocked: keep one of the two",
        "t.yml:10:1: zzz is not a key; known here: documents, tracker, owners, fields, status, priority, "
        "words, limits, policy, removed, publish, cache",
        "t.yml:11:1: badges is not available in this version: remove it",
    ] == faults(text)


def test_what_is_no_configuration_at_all_does_not_fill_the_screen() -> None:
    found = faults("".join(f"x{number}: 1\n" for number in range(250)))
    assert (101, "and 150 more: is this the right file?") == (len(found), found[-1])


INDENT = "this line doesn't fit the lines above it: indent all keys of one mapping, and all entries of one list, alike"
KEY = 'this key doesn\'t fit the line above it: check the indentation, and that a blank follows each ":"'
ALIAS = 'a value that begins with "*" is an alias in YAML: put it in quotes, like "*.md"'
KEYS = "documents, tracker, owners, fields, status, priority, words, limits, policy, removed, publish, cache"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: @b", '1:4: a value can\'t begin with "@": put it in quotes, like "@name"'),
        ("a: `b", '1:4: a value can\'t begin with "`": put it in quotes, like "`name"'),
        ("a: &", '1:4: a value can\'t begin with "&": put it in quotes, like "&name"'),
        ("a:\n\tb: 1", "2:1: a tab stands here; indent with spaces"),
        ("a:\n  - **/b/**", f"2:5: {ALIAS}"),
        ("a: *b", f"1:4: {ALIAS}"),
        ("a:\n    b: 1\n  c: 2", f"3:3: {INDENT}"),
        ("  a: 1\nb: 2", f"2:1: {INDENT}"),
        ("a: 1\n- b", f"2:1: {INDENT}"),
        ("a: 1\n b: 2", f"2:3: {KEY}"),
        ("policy:full\ncache: true", f"2:6: {KEY}"),
        ("a: label: b", '1:9: a second ": " in one line: put the value in quotes, like "a: b"'),
        ("a: 'b\nc: d", "1:4: a quote opens here and is never closed"),
        ('a: "b\\c"', '1:7: between double quotes "\\" begins a code: use single quotes'),
        ("a: 'b' c", "1:8: text follows a value that has ended: put the whole value in one pair of quotes"),
        ("a: [1", '1:4: this "[" is not closed with "]", or a comma is missing between its entries'),
        ("a: {b: 1", '1:4: this "{" is not closed with "}", or a comma is missing between its entries'),
        ("[[", "1:3: the file ends in the middle of a value"),
        ("a: ,b", '1:4: a value is missing before ","; put one that begins so in quotes'),
        ("a: - b", '1:4: "- " begins a list entry, and that needs a line of its own'),
        ("a: 1\nfoo\nb: 2", '2:1: this line is no "key: value" (a blank follows the colon)'),
        ("a: b\n---\nc: d", "2:1: a second YAML document begins here: keep one, without ---"),
        ("a: |x\n b", "1:5: this is not YAML: expected chomping or indentation indicators, but found 'x'"),
        ("a: 1\nb: \x00", "2:4: a control character (U+0000) stands here: remove it"),
        ("[" * 3_000, "1:1: nested too deeply to be a configuration: is this the right file?"),
        ("#" * (MAX_BYTES + 1), "1:1: larger than 256 KB: is this the right file?"),
    ],
)
def test_what_is_not_yaml_is_told_in_our_words(text: str, fault: str) -> None:
    assert [f"t.yml:{fault}"] == faults(text)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("- a", f"1:1: the file must be a mapping (key: value); its keys: {KEYS}"),
        ("policy:full", f"1:1: the file must be a mapping (key: value) (a blank follows the colon); its keys: {KEYS}"),
        ("? [a]\n: b", "1:3: a key must be a word; a value that begins with { or [ needs quotes"),
        ("cache: true\ncache: false", "2:1: cache stands in line 1 already: keep one of the two"),
        ("limits:\npolicy: full", "1:8: limits has no value: give one, or remove the key"),
        (
            "documents: docs",
            "1:12: documents must be a mapping (key: value); its keys: include, exclude, repository, since, "
            "issue_column, published",
        ),
        ("limits: {document_bytes: 2000000000}", "1:26: limits.document_bytes must be at most 16777216"),
        ("limits: {creates: -1}", "1:19: limits.creates must be a whole number, 0 or more, in digits only"),
        ("limits: {creates: [1]}", "1:19: limits.creates must be a whole number, 0 or more, in digits only"),
        ("limits: {document_bytes: 0}", "1:26: limits.document_bytes must be at least 1"),
        ("limits: {document_bytes: 16777217}", "1:26: limits.document_bytes must be at most 16777216"),
        ("documents: {include: docs}", "1:22: documents.include must be a list, like [one, two]"),
        ("documents: {include: []}", "1:22: documents.include must name at least one"),
        ("documents: {include: ['']}", "1:23: documents.include[1] must not be empty"),
        (
            "documents: {exclude: [a, ../b]}",
            "1:26: documents.exclude[2] must stay inside the folder that the configuration is for: "
            "write it relative to that folder",
        ),
        (
            "documents: {exclude: ['C:/b']}",
            "1:23: documents.exclude[1] must stay inside the folder that the configuration is for: "
            "write it relative to that folder",
        ),
        ("documents: {exclude: ['a\\b']}", '1:23: documents.exclude[1] must be written with "/", not with "\\"'),
        ("documents: {include: ['{a']}", '1:23: documents.include[1] has a "{" or "}" without the other'),
        ("documents: {exclude: [./a/**], include: ['a/**']}",
         "1:23: documents.exclude[1]: './a/**' is a pattern of documents.include too: keep one of the two"),
        ("documents: {since: 2026-02-30}", "1:20: documents.since must be a day, written as YYYY-MM-DD"),
        ("documents: {since: last week}", "1:20: documents.since must be a day, written as YYYY-MM-DD"),
        ("documents: {tracker: {}}", "1:13: documents.tracker is not a key; did you mean tracker?"),
        ("Policy: full", "1:1: Policy is not a key; did you mean policy?"),
        ("not-yet: [x]", "1:1: not-yet is not a key; did you mean documents.published.not_yet?"),
        ("limits: {zzz: 1}",
         "1:10: limits.zzz is not a key; known here: creates, closes, reopens, updates, documents, relative_percent, "
         "relative_from, requests, minutes, document_bytes"),
        ("fields: {status: both}", "1:18: fields.status must be merge, document or tracker"),
        ("fields: {status: [merge]}", "1:18: fields.status must be merge, document or tracker"),
        ("policy: Ful", "1:9: policy must be create-only, upsert or full; did you mean full?"),
        ("policy: create_only", "1:9: policy must be create-only, upsert or full; did you mean create-only?"),
        ("status: {not_started: open}", "1:23: status.not_started must be a list, like [one, two]"),
        ("status: {blocked: [{}]}", "1:20: status.blocked[1] must be text, not a mapping"),
        ("status: {blocked: [[a]]}", "1:20: status.blocked[1] must be text, not a list"),
        (
            "priority: {P0: [Top], P1: [top]}",
            "1:28: priority.P1[1]: 'top' already stands for priority.P0: keep one of the two",
        ),
        ("tracker: {kind: jira}", "1:17: tracker.kind must be local, github or gitlab"),
        (
            "tracker: {project: a b}",
            '1:20: tracker.project must be made of letters, digits, "_", "-", "." and "/"',
        ),
        (
            "tracker: {routes: [a]}",
            "1:20: tracker.routes[1] must be a mapping with team, service, path or kind, and the project that such "
            "items go to",
        ),
        ("tracker: {routes: {}}", "1:19: tracker.routes must be a list, like [one, two]"),
        (
            "tracker: {routes: [{team: a, project: b}, {owner: a, project: b}]}",
            "1:43: tracker.routes[2] has the key owner; known here: team, service, path, kind, project",
        ),
        (
            "tracker: {routes: [{project: b}]}",
            "1:20: tracker.routes[1] needs a project and at least one of team, service, path, kind",
        ),
        (
            "tracker: {routes: [{team: b}]}",
            "1:20: tracker.routes[1] needs a project and at least one of team, service, path, kind",
        ),
        ("tracker: {routes: [{team: [b], project: c}]}", "1:20: tracker.routes[1] team must be text"),
        (
            "tracker: {routes: [{kind: bug, project: c}]}",
            "1:20: tracker.routes[1] kind must be prevent, detect, mitigate or process",
        ),
        (
            "tracker: {routes: [{path: 'a\\b', project: c}]}",
            '1:20: tracker.routes[1] path must be written with "/", not with "\\"',
        ),
        (
            "tracker: {routes: [{team: b, project: c d}]}",
            '1:20: tracker.routes[1] project must be made of letters, digits, "_", "-", "." and "/"',
        ),
        ("publish: push", "1:10: publish push is not available in this version: write worktree"),
        ("owners: [alice]",
         "1:9: owners must be a mapping (name: login), or the path of a YAML file with one"),
        ("owners: {a: 'b, c'}", "1:13: owners.a must be one login, like alice, or a team's label, like label:sre"),
        ("owners: {a: [b]}", "1:13: owners.a must be one login, like alice, or a team's label, like label:sre"),
        ("owners: {a: 'label: '}", "1:13: owners.a needs 1 to 50 characters without a comma after label:"),
        ("owners: {a: 'label:b,c'}", "1:13: owners.a needs 1 to 50 characters without a comma after label:"),
        (f"owners: {{a: 'label:{'b' * 51}'}}", "1:13: owners.a needs 1 to 50 characters without a comma after label:"),
        ("owners: {'@': a}",
         "1:15: owners.@ must not be empty: a name, an e-mail address or a handle stands before the colon"),
        ("owners:\n  Ann: ann\n  '@ann ': annie",
         "3:3: owners.@ann is the same name as Ann in line 2, with another value: keep one of the two"),
    ],
)  # fmt: skip
def test_a_fault_is_one_sentence(text: str, fault: str) -> None:
    assert [f"t.yml:{fault}"] == faults(text)


def test_anchors_aliases_and_tags_are_refused_and_what_else_is_wrong_is_said_too() -> None:
    anchor = 'a value that begins with "&" is an anchor in YAML: put it in quotes, or write it out'
    tag = 'a value that begins with "!" is a tag in YAML: put it in quotes, or remove the tag'
    unknown = "polic is not a key; did you mean policy?"
    assert [f"t.yml:1:8: {anchor}", f"t.yml:2:1: {unknown}"] == faults("cache: &x true\npolic: full")
    assert [f"t.yml:1:8: {tag}", f"t.yml:2:1: {unknown}"] == faults("cache: !!bool true\npolic: full")
    assert [f"t.yml:1:8: {anchor}", f"t.yml:2:9: {ALIAS}"] == faults("cache: &x true\npolicy: *x")


def test_a_billion_laughs_are_one_smile() -> None:
    bomb = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 30))
    assert f"t.yml:2:10: {ALIAS}" in faults(bomb)


@pytest.mark.parametrize("data", ["cache: true\npolicy: f\xfcll".encode("latin-1"), b"cache: true\npolicy: f\xff"])
def test_a_file_that_is_not_utf8_names_the_byte(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "tracksync.yml").write_bytes(data)
    assert ["tracksync.yml:2:10: this file is not UTF-8: save it as UTF-8"] == there(tmp_path)


def test_a_file_that_is_too_large_is_not_read_whole(tmp_path: Path) -> None:
    for data in (b"#" * 10_000_000, "é".encode() * (MAX_BYTES // 2 + 1)):
        (tmp_path / "tracksync.yml").write_bytes(data)
        assert ["tracksync.yml:1:1: larger than 256 KB: is this the right file?"] == there(tmp_path)


def test_what_is_no_readable_file_is_not_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "tracksync.yml"
    file.mkdir()
    assert ["tracksync.yml:1:1: this file can't be read: it is a folder"] == there(tmp_path)
    file.rmdir()
    file.symlink_to("gone")
    assert ["tracksync.yml:1:1: this file can't be read: it is a link to a file that is gone"] == there(tmp_path)
    file.unlink()
    os.mkfifo(file)
    assert ["tracksync.yml:1:1: this file can't be read: it is no regular file"] == there(tmp_path)
    file.unlink()
    file.symlink_to("tracksync.yml")
    assert ["tracksync.yml:1:1: this file can't be read: it is a link to a file that is gone"] == there(tmp_path)


def test_a_file_without_permission_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*args: object) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "tracksync.yml").write_text("")
    monkeypatch.setattr("builtins.open", closed)
    assert ["tracksync.yml:1:1: this file can't be read: Permission denied"] == there(tmp_path)


REFERENCE = (
    "tracker.token must name an environment variable: env/GITHUB_TOKEN, env/GITLAB_TOKEN or env/TRACKSYNC_NAME; the "
    "token itself never stands in a file, and one that was committed must be revoked"
)


@pytest.mark.parametrize("token", ["ghp_S3CRET", "env/S3CRET", "$S3CRET", "env/TRACKSYNC_", "[S3CRET]", "{S3CRET: a}"])
def test_a_token_must_be_a_reference(token: str) -> None:
    assert [f"t.yml:1:32: {REFERENCE}"] == faults(f"tracker: {{kind: github, token: {token}}}")


@pytest.mark.parametrize("kind", ["", "kind: local, "])
@pytest.mark.parametrize("token", ["env/GITHUB_TOKEN", "ghp_S3CRET"])
def test_a_token_does_nothing_for_the_local_tracker(token: str, kind: str) -> None:
    reason = "tracker.token does nothing with `kind: local`: remove it (and revoke a token that was committed)"
    assert [f"t.yml:1:{18 + len(kind)}: {reason}"] == faults(f"tracker: {{{kind}token: {token}}}")


@pytest.mark.parametrize("name", ["GITHUB_TOKEN", "GITLAB_TOKEN", "TRACKSYNC_A1_B"])
def test_a_reference_is_no_fault_of_its_own(name: str) -> None:
    config.parse(f"tracker: {{kind: gitlab, token: env/{name}}}", "t.yml")


@pytest.mark.parametrize(
    "text",
    [
        "tracker: {token: S3CRET}",
        "tracker: {kind: github, token: S3CRET}",
        "tracker: {kind: S3CRET}",
        "tracker: {tokn: S3CRET}",
        "tracker: {token: {S3CRET: }}",
        "tracker: {token: {S3CRET: a, S3CRET: b}}",
        "tracker: {kind: github, token: [[S3CRET], {S3CRET: }]}",
        "tracker: {token: &S3CRET a}",
        "tracker: {token: *S3CRET}",
        "tracker: {token: !S3CRET a}",
        "tracker: {token: @S3CRET}",
        "tracker:\n  token: 'S3CRET",
        "tracker:\n  token: S3: CRET",
        "tracker:\n  token: '' S3CRET",
        "tracker:\n  token: |S3CRET",
        "token: S3CRET",
        "tracker: S3CRET",
        "S3CRET",
    ],
)
def test_a_token_is_never_repeated(text: str) -> None:
    assert "CRET" not in "\n".join(faults(text))


def test_a_fault_behind_an_odd_line_end_has_its_place() -> None:
    with pytest.raises(ConfigError):
        config.parse("a: b\u2028c: d: e\x85f: g: h", "t.yml")


@pytest.mark.parametrize(
    ("kind", "line", "reason"),
    [
        ("github", "confidential: true", "tracker.confidential does nothing with `kind: github`: remove it"),
        ("gitlab", "board: 7", "tracker.board does nothing with `kind: gitlab`: remove it"),
        ("gitlab", "due_field: Due", "tracker.due_field does nothing with `kind: gitlab`: remove it"),
        ("gitlab", "priority_field: P", "tracker.priority_field does nothing with `kind: gitlab`: remove it"),
        ("gitlab", "status_field: S", "tracker.status_field does nothing with `kind: gitlab`: remove it"),
        (
            "gitlab",
            "signals: [merge_requests, dependencies]",
            "tracker.signals[2]: gitlab has merge_requests and work_item_status, not dependencies",
        ),
        (
            "github",
            "signals: [work_item_status]",
            "tracker.signals[1]: github has pull_requests and dependencies, not work_item_status",
        ),
        ("gitlab", "issue_type: Task", "tracker.issue_type must be issue, incident or task on GitLab"),
    ],
)
def test_what_means_nothing_to_a_kind_of_tracker_is_refused(kind: str, line: str, reason: str) -> None:
    (fault,) = faults(f"tracker:\n  kind: {kind}\n  {line}\n")
    assert fault.endswith(f": {reason}")


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("github", "issue_type: Bug"),
        ("gitlab", "issue_type: incident"),
        ("gitlab", "signals: [merge_requests, work_item_status]"),
        ("github", "signals: [pull_requests, dependencies]"),
        ("gitlab", "confidential: true"),
    ],
)
def test_what_means_something_to_it_is_not(kind: str, line: str) -> None:
    config.parse(f"tracker:\n  kind: {kind}\n  {line}\n", "t.yml")
