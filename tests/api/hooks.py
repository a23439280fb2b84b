"""What Schemathesis cannot know: how to sign in, and which cases, drafts and documents the demo has."""

import json
import os
import re
import urllib.error
import urllib.request
from pathlib import Path

import schemathesis
from hypothesis import strategies

FILES = Path(os.environ["COMBIZITTING_PROEF_BESTANDEN"])
SITE = os.environ["COMBIZITTING_PROEF_SITE"]
WHO = os.environ["COMBIZITTING_PROEF_WIE"]
PASSWORD = "demo-combizitting-2026"


def ask(method, path, token=None, body=None):
    """An answer of the service as JSON; none when it is refused."""
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(SITE + path, data=data, headers=headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read() or b"null")
    except urllib.error.HTTPError:
        return None


def sign_in(login):
    answer = ask("POST", "/v1/sessies", body={"gebruikersnaam": login, "wachtwoord": PASSWORD})
    assert answer, f"{login} cannot sign in"
    return answer["token"]


def known():
    """Values of the demo for the names in a path, one set for each file of a draft."""
    clerk = sign_in("griffier")
    case = ask("GET", "/v1/dossiers", clerk)["dossiers"][-1]["id"]
    drafts = ask("GET", f"/v1/dossiers/{case}/concepten", clerk)["concepten"]
    stuk = re.findall(r'"id": "([^"]+)", "titel"', json.dumps(ask("GET", f"/v1/dossiers/{case}/stukken", clerk)))
    assigned = ask("GET", f"/v1/dossiers/{case}/toewijzingen", clerk)["toewijzingen"]
    # One that may go: the tests need the others.
    partner = [item["id"] for item in assigned if item["rol"] == "ketenpartner"]
    places = []
    for draft in drafts:
        for file in ask("GET", f"/v1/dossiers/{case}/concepten/{draft['id']}", clerk)["bestanden"]:
            name = file.rsplit("/", 1)[1]
            place = {"dossier": case, "concept": draft["id"], "bestand": name, "naam": name.rsplit(".", 1)[0]}
            place["stuk"] = stuk[len(places) % len(stuk)]
            place["toewijzing"] = partner[0] if partner else place["stuk"]
            places.append(place)
    return places


KNOWN = known()


def files(media, end):
    """Real files of the demo, and bytes that are none."""
    real = [path.read_bytes() for path in sorted(FILES.glob(f"*.{end}"))]
    schemathesis.openapi.media_type(media, strategies.sampled_from(real) | strategies.binary(max_size=5_000))


files("application/pdf", "pdf")
files("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx")


class Session:
    """A token for each request; who signs out has a session of their own for it."""

    def __init__(self):
        self.token = sign_in(WHO)

    def get(self, case, context):
        ends = case.method.upper() == "DELETE" and case.path.endswith("/sessies/huidige")
        return sign_in(WHO) if ends else self.token

    def set(self, case, data, context):
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {data}"}


schemathesis.auth(refresh_interval=None)(Session)


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    """Two of three times what the demo has, so that the answers behind a 404 are seen too."""
    if not isinstance(path_parameters, dict):
        return path_parameters
    turn = sum(map(ord, json.dumps(path_parameters, default=str)))
    if turn % 3 == 0:
        return path_parameters
    place = KNOWN[turn % len(KNOWN)]
    return {**path_parameters, **{name: place[name] for name in path_parameters if name in place}}


@schemathesis.check
def every_problem_has_its_place_and_words(context, response, case):
    """Who is refused for what a value means, learns where it stands and what to do; in every problem document."""
    if response.status_code < 400:
        return
    problem = json.loads(response.content)
    assert problem["title"] and problem["detail"] and problem["status"] == response.status_code
    if response.status_code == 422:
        assert problem["problemen"], "a refusal without reasons"
        assert all(one["melding"] and one["code"] for one in problem["problemen"])
    if response.status_code in (429, 503):
        assert int(response.headers["retry-after"][0]) > 0
