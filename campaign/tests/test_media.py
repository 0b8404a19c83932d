"""Pictures as gunicorn hands them out."""

import pytest


@pytest.fixture
def picture(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "pictures").mkdir()
    name = f"{'a1' * 12}-480.webp"
    (tmp_path / "pictures" / name).write_bytes(b"a picture")
    (tmp_path / "pictures" / "notes.txt").write_bytes(b"none")
    return name


def test_picture_is_kept_for_ever_and_never_run(client, picture):
    response = client.get(f"/media/pictures/{picture}")
    assert (response.status_code, response.content) == (200, b"a picture")
    assert response["Content-Type"] == "image/webp"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in response


@pytest.mark.parametrize("name", [f"{'b2' * 12}-480.webp", "notes.txt", "..", "../site.sqlite3", f"{'a1' * 12}-480.webp/", f"{'a1' * 12}-480.jpg"])
def test_picture_that_is_none_is_not_found(db, client, picture, name):
    assert client.get(f"/media/pictures/{name}").status_code == 404


def test_picture_takes_nothing(client, picture):
    assert client.post(f"/media/pictures/{picture}").status_code == 405
