"""What must hold before `make` does anything slow: run by the machine's own Python, of whatever age; prints one sentence, or nothing."""

import os
import socket
import sys


def missing() -> str:
    if sys.version_info < (3, 11):  # noqa: UP036  older ones come here to be told
        return f"This site needs Python 3.11 or newer; python3 here is {sys.version.split()[0]}"
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        return "Python's venv module is missing. Install it (on Debian and Ubuntu: apt install python3-venv) and try again"
    return ""


def taken(port: str) -> str:
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        return f"PORT={port} is no port: choose a number from 1024 to 65535"
    try:
        socket.create_server(("127.0.0.1", int(port))).close()
    except OSError as error:
        return f"Port {port} cannot be used ({os.strerror(error.errno).lower()}): stop what runs there, or choose another, as in `make run PORT=8001`"
    return ""


if __name__ == "__main__":
    print(missing() or "".join(taken(port) for port in sys.argv[1:]))
