"""Maru's API as a client sees it, and signing in as a browser does."""

import http.client
import json
import re
import sys
from urllib.parse import urlencode, urljoin, urlsplit

API = "http://127.0.0.1:3000"


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.text = response.read().decode(errors="replace")

    def json(self):
        return json.loads(self.text)


def send(method, address, body=None, headers=None):
    """One request; redirects are not followed."""
    address = urlsplit(urljoin(API, address))
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
    path = address.path + (f"?{address.query}" if address.query else "")
    connection.request(method, path, body, headers or {})
    return Answer(connection.getresponse())


def ask(method, path, token=None, body=None, **headers):
    """A request to the API that has to succeed; gives the JSON of the answer, None where there is none."""
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    if body is not None:
        headers["content-type"] = "application/json"
    if token is not None:
        headers["authorization"] = f"Bearer {token}"
    answer = send(method, path, None if body is None else json.dumps(body), headers)
    if answer.status >= 400:
        sys.exit(f"{method} {path} is answered with {answer.status}: {answer.text}")
    return answer.json() if answer.text else None


class Browser:
    """Keeps cookies, and signs in with GitHub's sandbox."""

    def __init__(self):
        self.cookies = {}

    def go(self, method, address, form=None, body=None):
        headers = {"cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if form is not None:
            body, headers["content-type"] = urlencode(form), "application/x-www-form-urlencoded"
        elif body is not None:
            body, headers["content-type"] = json.dumps(body), "application/json"
        answer = send(method, address, body, headers)
        for cookie in answer.headers.get_all("set-cookie") or []:
            name, value = cookie.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return answer

    def begin(self):
        """Begins to sign in; gives the address that GitHub's sandbox is left for."""
        consent = self.go("GET", "/auth/github").headers["location"]
        return send("POST", consent, urlencode({"account": "minseo-kim"}), FORM).headers["location"]

    def login_code(self):
        address = self.go("GET", self.begin()).headers["location"]
        return re.search(r"[?&#]code=([^&]+)", address).group(1)

    def sign_in(self):
        return self.go("POST", "/auth/token", body={"code": self.login_code()}).json()


FORM = {"content-type": "application/x-www-form-urlencoded"}
