import string
from pathlib import Path

import pytest

from alerts import tokens

KEYS = ("oldest", "newer", "newest")


def test_a_token_reads_back_as_its_number_for_its_purpose_alone():
    token = tokens.sign(KEYS, tokens.UNSUBSCRIBE, 7)
    assert tokens.read(KEYS, tokens.UNSUBSCRIBE, token) == 7
    for purpose in (tokens.PREFERENCES, tokens.CONFIRM, tokens.DECLINE):
        assert tokens.read(KEYS, purpose, token) is None


def test_no_token_with_one_character_changed_is_a_token():
    token = tokens.sign(KEYS, tokens.UNSUBSCRIBE, 7)
    alphabet = string.ascii_letters + string.digits + "-_.="
    changed = {token[:i] + c + token[i + 1 :] for i in range(len(token)) for c in alphabet} - {token}
    assert len(changed) > 2_000
    assert not [other for other in changed if tokens.read(KEYS, tokens.UNSUBSCRIBE, other) is not None]


@pytest.mark.parametrize("other", ["", ".", "a.b", "é", "\ud800", "{}=", "{}\n", " {}", "{}{}", "{}.x"])
def test_what_is_no_token_stands_for_nothing(other):
    token = tokens.sign(KEYS, tokens.UNSUBSCRIBE, 7)
    assert tokens.read(KEYS, tokens.UNSUBSCRIBE, other.replace("{}", token)) is None


def test_a_new_key_signs_and_the_old_ones_still_verify(tmp_path):
    path = tmp_path / "keys.txt"
    first = tokens.load_keys(path)
    assert path.stat().st_mode & 0o077 == 0
    old = tokens.sign(first, tokens.UNSUBSCRIBE, 7)
    path.write_text("# newest first\nbrand-new\n" + path.read_text())
    keys = tokens.load_keys(path)
    assert tokens.read(keys, tokens.UNSUBSCRIBE, old) == 7
    assert tokens.sign(keys, tokens.UNSUBSCRIBE, 7) == tokens.sign(["brand-new"], tokens.UNSUBSCRIBE, 7)
    path.write_text("brand-new\n")
    assert tokens.read(tokens.load_keys(path), tokens.UNSUBSCRIBE, old) is None


def test_a_keys_file_without_a_key_is_named(tmp_path: Path) -> None:
    path = tmp_path / "keys.txt"
    path.write_text("# no key\n")
    with pytest.raises(tokens.KeysError, match=r"keys\.txt: holds no key"):
        tokens.load_keys(path)


def test_the_first_key_is_made_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    assert len(tokens.load_keys(tmp_path / "keys.txt")[0]) > 40
    assert [path.name for path in tmp_path.iterdir()] == ["keys.txt"]
