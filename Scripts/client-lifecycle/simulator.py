"""What the scenarios of every client share: the control API of the simulator, the report, a web server for pushes."""

import asyncio
import contextlib
import http.server
import inspect
import json
import sys
import threading
import time
import traceback
import urllib.error
import urllib.parse
import urllib.request


class Control:
    """The control API of the simulator, about one of its services where a request can name one."""

    def __init__(self, root, provider):
        self.root = root
        self.provider = provider
        # A proxy of the environment has no business on the loopback interface.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def get(self, path):
        return self._call("GET", path, None)

    def post(self, path, **fields):
        return self._call("POST", path, json.dumps(fields).encode() if fields else b"")

    def account(self, email, **fields):
        return self.post("accounts", provider=self.provider, email=email, **fields)

    def fault(self, fault, times=1, **match):
        self.post("faults", provider=self.provider, fault=fault, times=times, match=match)

    def refusal(self, path, body):
        """The status and the body of a request that must be refused."""
        try:
            self._call("POST", path, body)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)
        return None, None

    def mail(self, to=None):
        return [mail for mail in self.get("mail")["mail"] if to in (None, mail["to"])]

    def requests(self, method=None, ending=""):
        return [
            entry
            for entry in self.get("requests")["requests"]
            if entry["provider"] == self.provider
            and method in (None, entry["method"])
            and entry["path"].endswith(ending)
        ]

    def _call(self, method, path, body):
        url = f"{self.root}/_control/{path}"
        with self._opener.open(urllib.request.Request(url, data=body, method=method), timeout=30) as answer:
            return json.load(answer)


class Report:
    """Prints a line for every check and remembers what failed."""

    def __init__(self):
        self.passed = 0
        self.failed = []

    def check(self, sentence, holds, detail=None):
        if holds:
            self.passed += 1
            print(f"ok      {sentence}", flush=True)
        else:
            self.failed.append(sentence)
            print(f"FAILED  {sentence}" + (f": {detail!r:.600}" if detail is not None else ""), flush=True)

    def equal(self, sentence, actual, expected):
        self.check(sentence, actual == expected, {"actual": actual, "expected": expected})


class Receiver(contextlib.AbstractContextManager):
    """A web server of a few lines that keeps the headers and bodies of what it is sent."""

    def __init__(self):
        received = self.received = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length)
                query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.path).query))
                received.append(({name.lower(): value for name, value in self.headers.items()}, body))
                # Microsoft proves an address with a token that comes back as text; Google sends none.
                answer = query.get("validationToken", "").encode()
                self.send_response(200 if answer else 204)
                if answer:
                    self.send_header("Content-Type", "text/plain")
                    self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *arguments):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}/notifications"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def wait(self, wanted, seconds=10):
        """The first delivery whose headers and body are wanted, when it is there in time."""
        deadline = time.monotonic() + seconds
        while True:
            for headers, body in list(self.received):
                if wanted(headers, body):
                    return headers, body
            if time.monotonic() > deadline:
                return None
            time.sleep(0.02)

    def __exit__(self, *details):
        self._server.shutdown()
        self._server.server_close()


def play(stage, modules, measure):
    """Plays the scenarios of the modules and ends the process.

    Each scenario works with accounts of its own. The exit code is 1 if any check fails. The last check says what the
    given function measured over all answers: its sentence, whether it holds, and what does not.
    """
    sys.exit(asyncio.run(_play(stage, modules, measure)))


async def _play(stage, modules, measure):
    report = stage.report
    begin = time.monotonic()
    stage.control.post("reset")
    for module in modules:
        for scenario in module.SCENARIOS:
            try:
                outcome = scenario(stage)
                if inspect.isawaitable(outcome):
                    await outcome
            except Exception:  # One scenario that cannot go on is no reason to skip the others.
                traceback.print_exc(limit=2, file=sys.stdout)
                report.check(f"{module.__name__}: {scenario.__doc__} is played to its end", False)
    report.check(*measure())
    for sentence in report.failed:
        print(f"failed: {sentence}")
    print(f"{report.passed} checks passed, {len(report.failed)} failed, {time.monotonic() - begin:.1f} s")
    return 1 if report.failed else 0
