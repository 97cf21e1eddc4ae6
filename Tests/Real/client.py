"""The API as used by a browser: JSON, one session cookie, our own origin."""

import http.cookiejar
import json
import time
import urllib.error
import urllib.request

from lab import wait_for


class Refused(Exception):
    def __init__(self, status, body):
        super().__init__(f"{status} {body.get('code')}: {body.get('message')}")
        self.status = status
        self.code = body.get("code")


class Client:
    def __init__(self, url):
        self.url = url
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def __call__(self, method, path, body=None):
        request = urllib.request.Request(self.url + path, method=method, headers={
            "Content-Type": "application/json", "Accept-Language": "en", "Origin": self.url})
        if body is not None:
            request.data = json.dumps(body).encode()
        try:
            with self.opener.open(request, timeout=20) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refusal:
            text = refusal.read()
            raise Refused(refusal.code, json.loads(text) if text.startswith(b"{") else {"message": text}) from None

    def sign_in(self, username, password):
        return self("POST", "/api/auth/login", {"username": username, "password": password})

    def create(self, wish):
        """Requests a machine; on a busy host, repeats until a core is free."""
        def accepted():
            try:
                return self("POST", "/api/vms", wish)
            except Refused as refusal:
                if refusal.code != "NO_FREE_CORE":
                    raise

        return wait_for("a free core", accepted, 600, every=2)[0]

    def machine(self, id):
        return self("GET", f"/api/vms/{id}")["vm"]

    def wait_for_status(self, id, status, seconds):
        """Returns the seconds until the machine had this status."""
        return wait_for(f"status {status}", lambda: self.machine(id)["status"] == status, seconds)[1]

    def act(self, id, action, status, seconds):
        """Requests an action and follows its job; returns the seconds until the machine had `status`."""
        begun = time.monotonic()
        job = self("POST", f"/api/vms/{id}/action", {"action": action})["job"]
        self.finish(job["id"], seconds)
        self.wait_for_status(id, status, seconds)
        return time.monotonic() - begun

    def follow(self, job_id, seconds, until=lambda job: False):
        """Watches a job until it has ended or `until` returns true; returns it and when each step was first seen done."""
        begun, done = time.monotonic(), {}
        while True:
            job = self("GET", f"/api/jobs/{job_id}")["job"]
            now = time.monotonic() - begun
            for step in job["steps"]:
                if step["status"] == "done":
                    done.setdefault(step["name"], now)
            if job["status"] in ("succeeded", "failed") or until(job):
                return job, done
            if now > seconds:
                raise TimeoutError(f"job {job_id} is at step {job['step']} after {seconds} s")
            time.sleep(0.05)

    def finish(self, job_id, seconds):
        """Watches a job that must succeed."""
        job, done = self.follow(job_id, seconds)
        if job["status"] != "succeeded":
            raise RuntimeError(f"{job['kind']} failed at step {job['step']}: {job['error']}")
        return done
