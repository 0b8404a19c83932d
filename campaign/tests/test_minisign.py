import shutil
import subprocess

import pytest

from campaign.minisign import PublicKey, SecretKey, SignatureError

CONTENT = b"0f3a  index.html\n"


@pytest.fixture
def key(tmp_path):
    SecretKey.make().write(tmp_path / "mirror.key")
    return SecretKey.read(tmp_path / "mirror.key")


def test_a_signature_holds_and_gives_its_trusted_comment(key):
    public = PublicKey.read(key.public.text())
    assert public.verify(CONTENT, key.sign(CONTENT, "22 November 2026, sequence 7")) == "22 November 2026, sequence 7"


@pytest.mark.parametrize("damage", ["content", "comment", "inner", "key", "lines"])
def test_any_change_is_refused(key, damage):
    signature = key.sign(CONTENT, "sequence 7")
    content, public = CONTENT, key.public
    if damage == "content":
        content = CONTENT.replace(b"0", b"1")
    elif damage == "comment":
        signature = signature.replace("sequence 7", "sequence 8")
    elif damage == "inner":
        lines = signature.splitlines()
        signature = "\n".join([lines[0], key.sign(b"other", "x").splitlines()[1], *lines[2:]])
    elif damage == "key":
        public = SecretKey.make().public
    else:
        signature = "\n".join(signature.splitlines()[:2])
    with pytest.raises(SignatureError):
        public.verify(content, signature)


def test_a_key_is_never_overwritten(key, tmp_path):
    assert (tmp_path / "mirror.key").stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        SecretKey.make().write(tmp_path / "mirror.key")


def test_minisign_accepts_what_we_sign_and_we_what_it_signs(key, tmp_path):
    minisign = shutil.which("minisign")
    if not minisign:
        pytest.skip("minisign is not installed")
    file, public = tmp_path / "SHA256SUMS", tmp_path / "mirror.pub"
    file.write_bytes(CONTENT)
    public.write_text(key.public.text())
    (tmp_path / "SHA256SUMS.minisig").write_text(key.sign(CONTENT, "sequence 7"))
    subprocess.run([minisign, "-Vm", file, "-p", public], check=True, capture_output=True)
    subprocess.run([minisign, "-Sm", file, "-s", tmp_path / "mirror.key", "-t", "theirs"], check=True, capture_output=True, input=b"\n")
    assert key.public.verify(CONTENT, (tmp_path / "SHA256SUMS.minisig").read_text()) == "theirs"
