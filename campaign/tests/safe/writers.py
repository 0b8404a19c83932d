"""People who write to a site over HTTP, in a loop, whatever becomes of it: each sends a form again until it is acknowledged."""

import http.client
import itertools
import re
import secrets
import threading
import time
from types import SimpleNamespace
from urllib.parse import urlencode

from campaign.tests.desk.typing import typed

APPEAL = "/appeals/open-the-zhanaozen-files"
TOKEN = re.compile(rb'name="token" value="([^"]+)"')
PAUSE = 0.1
"""Seconds between two forms: what is tested would else wait for the processor."""
Answer = tuple[int, bytes]


class Writer(threading.Thread):
    """`sent` is all that it ever sent, `acknowledged` what it was told is kept, `failures` how often it had to begin again."""

    def __init__(self, port: str) -> None:
        super().__init__(daemon=True)
        self.port, self.ending, self.cookies = port, threading.Event(), {}
        self.sent: list[str] = []
        self.acknowledged: list[str] = []
        self.failures = 0
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            while not self.ending.wait(PAUSE):
                self.once()
        except BaseException as error:
            self.error = error

    def once(self) -> None:
        """One form, until it is acknowledged."""
        raise NotImplementedError

    def ask(self, path: str, fields: dict | None = None) -> Answer:
        """(0, b"") where nothing came back. Every request is of another reader: the limits are not what is tested."""
        connection = http.client.HTTPConnection("127.0.0.1", int(self.port), timeout=30)
        headers = {"Host": "localhost", "X-Real-IP": secrets.token_hex(8), "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if fields is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": "http://localhost"}
        try:
            connection.request("GET" if fields is None else "POST", path, fields and urlencode(fields, doseq=True), headers)
            answer = connection.getresponse()
            for cookie in answer.msg.get_all("Set-Cookie") or []:
                name, _, value = cookie.partition(";")[0].partition("=")
                self.cookies[name] = value
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            return 0, b""
        finally:
            connection.close()

    def until(self, status: int, path: str, fields: dict | None = None, most: float = 60) -> bytes:
        """Asks again and again until it is answered so."""
        since = time.monotonic()
        while (answer := self.ask(path, fields))[0] != status:
            assert answer[0] in (0, 502, 503), (path, answer)
            assert time.monotonic() - since < most, (path, answer)
            self.failures += 1
            time.sleep(0.05)
        return answer[1]

    def token(self, form: str) -> str:
        return TOKEN.search(self.until(200, f"{APPEAL}/{form}/"))[1].decode()


def nonce(token: str) -> str:
    """What is kept of it."""
    return token.rsplit(":", 2)[0]


class Supporter(Writer):
    """Presses "I have sent it", and once more with the same token when that was acknowledged."""

    def once(self) -> None:
        token = self.token("sent")
        self.sent.append(nonce(token))
        for _twice in range(2):
            assert b"is counted" in self.until(200, f"{APPEAL}/sent/", {"token": token})
        self.acknowledged.append(nonce(token))


class Correspondent(Writer):
    """Sends messages of solidarity."""

    def once(self) -> None:
        token = self.token("messages")
        words = f"Message {len(self.sent)}"
        self.sent.append(words)
        assert b"will be read" in self.until(200, f"{APPEAL}/messages/", {"token": token, "text": words})
        self.acknowledged.append(words)


class Editor(Writer):
    """Saves a report at the desk, each time with another standfirst; what was not acknowledged is looked at again before the next."""

    def __init__(self, port: str, password: str, report: int) -> None:
        super().__init__(port)
        self.password, self.url = password, f"/admin/articles/article/{report}/change/"
        self.numbers = itertools.count()

    def log_in(self) -> None:
        form = typed(SimpleNamespace(content=self.until(200, "/admin/login/")), "_login", username="editor", password=self.password)
        self.until(302, "/admin/login/", form)

    def form(self, **changes: str) -> dict:
        return typed(SimpleNamespace(content=self.until(200, self.url)), **changes)

    def once(self) -> None:
        if not self.cookies.get("session"):
            self.log_in()
        words = f"Saved {next(self.numbers)}"
        form = self.form(standfirst=words)
        self.sent.append(words)
        status, page = self.ask(self.url, form)
        assert status in (0, 302, 502, 503), page.decode()
        if status == 302:
            self.acknowledged.append(words)
        else:
            self.failures += 1
