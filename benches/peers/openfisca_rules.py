"""The eight criteria as OpenFisca variables, checked against our outcomes and timed.

OpenFisca computes vectors over one kind of member ("feit") in one kind of group ("onderwerp"); it has no
relations between kinds of entities. So the loader below makes, for each subject of a criterion (the dossier,
a child, a parent, a child with a parent, a proposal, a huisverbod), a row per fact that concerns it, with how
the persons of that fact match the subject. The loader is not timed. Certainty and "unknown" are numbers, as
OpenFisca knows neither: a truth is 0 (no), 1 (the dossier does not say), 2 (contested) or 3 (yes).
"""

import glob
import json
import sys
import time
from pathlib import Path

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

Feit = build_entity(key="feit", plural="feiten", label="Een feit zoals het een onderwerp raakt", is_person=True)
Onderwerp = build_entity(
    key="onderwerp", plural="onderwerpen", label="Wie of wat een criterium bevraagt",
    roles=[{"key": "lid", "plural": "leden", "label": "Feiten"}],
)

DOSSIER, KIND, OUDER, KIND_EN_OUDER, VOORSTEL, HUISVERBOD = range(6)
GEWELD, VERWURGING, FASE, VERZOEK, GESPREK, MAATREGEL, GEBONDENE = range(1, 8)
NIET_VAN_TOEPASSING = 4
OUTCOMES = ["not_met", "missing_facts", "needs_judgement", "met", "not_applicable"]
PHASES = ["suspicion", "remand", "remand_suspended", "summoned", "convicted_not_final"]
STATES = ["in_force", "ended", "proposed", "annulled", "not_yet_enforceable", "suspended"]
TALKS = ["heard", "written", "unknown"]
UNKNOWN = -9

INPUTS = {
    "soort": 0, "zekerheid": 0, "daders": 0, "daders_zelf": 0, "daders_ander": 0, "doelwit": 0, "meegemaakt": UNKNOWN,
    "laatste_dag": UNKNOWN, "fase_open": 0, "verzoek_past": 0, "gesprek": UNKNOWN, "bezwaar": UNKNOWN,
    "toestand": UNKNOWN, "begin": UNKNOWN, "einde": UNKNOWN, "zonder_einde": 0, "bindt": UNKNOWN, "beschermt": UNKNOWN,
    "rij_geboren": UNKNOWN, "rij_geboortejaar": UNKNOWN,
}
SUBJECT_INPUTS = {"onderwerp_soort": 0, "geboren": UNKNOWN, "geboortejaar": UNKNOWN, "dag": 0, "dag_begint": 0, "dag_eindigt": 0}


def declare(name, entity, formula=None):
    """A variable of whole numbers on a day."""
    members = {"value_type": int, "entity": entity, "definition_period": DateUnit.DAY, "label": name}
    if formula:
        members["formula"] = formula
    return type(name, (Variable,), members)


def truth(group, fits, certainty, least, none):
    sure = fits == 2
    known = group.any(sure & (certainty >= least))
    alleged = group.any(sure & (certainty >= 0))
    unknown = group.any((fits > 0) & (certainty != -2) & ((fits == 1) | (certainty == -1)))
    return np.select([known, alleged, unknown, group.any(fits > 0)], [3, 2, 1, 0], none)


def by_actors(actors, fitting):
    return np.select([actors == 0, fitting == 0, fitting == actors], [1, 0, 2], 1)


def age(born, year, day, years):
    difference = day // 10000 - year
    by_year = np.select([year == UNKNOWN, difference > years, difference < years], [1, 3, 0], 1)
    return np.where(born == UNKNOWN, by_year, np.where(day - born >= years * 10000, 3, 0))


def of_violence(onderwerp, period):
    return onderwerp.members("soort", period) == GEWELD


def geweld_gesteld(onderwerp, period):
    fits = np.where(of_violence(onderwerp, period), 2, 0)
    return truth(onderwerp, fits, onderwerp.members("zekerheid", period), 0, 0)


def iv1(onderwerp, period):
    fits = np.where(of_violence(onderwerp, period), 2, 0)
    return truth(onderwerp, fits, onderwerp.members("zekerheid", period), 1, 1)


def iv5(onderwerp, period):
    rows, told = onderwerp.members, onderwerp.members("meegemaakt", period)
    last, born = rows("laatste_dag", period), onderwerp.project(onderwerp("geboren", period))
    before_birth = (last != UNKNOWN) & (born != UNKNOWN) & (last < born)
    fits = np.select([rows("doelwit", period) == 1, told != UNKNOWN, before_birth], [2, told, 0], 1)
    rule = truth(onderwerp, np.where(of_violence(onderwerp, period), fits, 0), rows("zekerheid", period), 1, 1)
    gate = onderwerp("geweld_gesteld", period)
    return np.select([gate == 0, gate == 1], [NIET_VAN_TOEPASSING, 1], rule)


def fa4(onderwerp, period):
    rows, violence = onderwerp.members, of_violence(onderwerp, period)
    actors, certainty = rows("daders", period), rows("zekerheid", period)
    own = truth(onderwerp, np.where(violence, by_actors(actors, rows("daders_zelf", period)), 0), certainty, 0, 0)
    other = truth(onderwerp, np.where(violence, by_actors(actors, rows("daders_ander", period)), 0), certainty, 0, 0)
    return np.select([own == 0, own == 1], [NIET_VAN_TOEPASSING, 1], other)


def fa2(onderwerp, period):
    return np.where(onderwerp.any(onderwerp.members("fase_open", period) == 1), 3, 0)


def verwurging(onderwerp, period):
    rows = onderwerp.members
    fits = by_actors(rows("daders", period), rows("daders_zelf", period))
    fits = np.where(rows("soort", period) == VERWURGING, fits, 0)
    rule = truth(onderwerp, fits, rows("zekerheid", period), 1, 1)
    gate = onderwerp("geweld_gesteld", period)
    return np.select([gate == 0, gate == 1], [NIET_VAN_TOEPASSING, 1], rule)


def nl1c(onderwerp, period):
    rows = onderwerp.members
    talk, objects = rows("gesprek", period), rows("bezwaar", period)
    held = rows("soort", period) == GESPREK

    def said(kind):
        score = np.select(
            [talk == kind, talk == TALKS.index("unknown")],
            [np.select([objects == UNKNOWN, objects == 1], [1, 3], 0), np.where(objects == 0, 0, 1)], 0,
        )
        return np.select([onderwerp.any(held & (score == 3)), onderwerp.any(held & (score == 1))], [3, 1], 0)

    heard = np.where(onderwerp.any(held), said(0), 1)
    # What a child wrote is for the judge to weigh: at most "needs a judgement".
    written = np.minimum(said(1), 2)
    old_enough = age(onderwerp("geboren", period), onderwerp("geboortejaar", period), onderwerp("dag", period), 12)
    rule = np.minimum(old_enough, np.maximum(heard, written))
    return np.where(onderwerp.any(rows("verzoek_past", period) == 1), rule, NIET_VAN_TOEPASSING)


def bm3(onderwerp, period):
    rows = onderwerp.members
    state, starts, ends = rows("toestand", period), rows("begin", period), rows("einde", period)
    day_begins = onderwerp.project(onderwerp("dag_begint", period))
    day_ends = onderwerp.project(onderwerp("dag_eindigt", period))
    lasts = np.select(
        [ends != UNKNOWN, state == STATES.index("ended"), rows("zonder_einde", period) == 1],
        [np.where(ends > day_begins, 2, 0), 0, 2], 1,
    )
    in_force = np.select([state >= 2, starts == UNKNOWN, starts >= day_ends], [0, 1, 0], lasts)
    fits = np.minimum(in_force, np.minimum(rows("bindt", period), rows("beschermt", period)))
    fits = np.where(rows("soort", period) == MAATREGEL, fits, 0)
    return np.select([onderwerp.any(fits == 2), onderwerp.any(fits == 1)], [3, 1], 0)


def th1a(onderwerp, period):
    rows = onderwerp.members
    day = onderwerp.project(onderwerp("dag", period))
    old = age(rows("rij_geboren", period), rows("rij_geboortejaar", period), day, 18)
    bound = rows("soort", period) == GEBONDENE
    return np.select(
        [onderwerp.any(bound & (old == 3)), onderwerp.any(bound & (old == 1)), onderwerp.any(bound)], [3, 1, 0], 1
    )


CRITERIA = {
    "TH1a": (HUISVERBOD, th1a), "FA2": (DOSSIER, fa2), "FA4": (OUDER, fa4), "IV1": (DOSSIER, iv1), "IV5": (KIND, iv5),
    "NL1c": (KIND_EN_OUDER, nl1c), "BM3": (VOORSTEL, bm3), "RV-VERWURGING": (DOSSIER, verwurging),
}


def make_system():
    system = TaxBenefitSystem([Feit, Onderwerp])
    for name in INPUTS:
        system.add_variable(declare(name, Feit))
    for name in SUBJECT_INPUTS:
        system.add_variable(declare(name, Onderwerp))
    system.add_variable(declare("geweld_gesteld", Onderwerp, geweld_gesteld))
    for name, (_, formula) in CRITERIA.items():
        system.add_variable(declare("uitkomst_" + name.replace("-", "_"), Onderwerp, formula))
    return system


def unknown(value):
    return UNKNOWN if value is None else int(value)


class Tables:
    """Rows of facts and subjects as columns of numbers."""

    def __init__(self, facts):
        self.facts, self.subjects, self.rows = facts, [], []
        self.persons = {person["id"]: person for person in facts["persons"]}
        adults = {person["id"] for person in facts["persons"] if not person["child"]}
        violence = [event for event in facts["events"] if event["violence"]]
        self.subject(DOSSIER, [])
        self.violence(violence, adults, set())
        for event in facts["events"]:
            if "strangulation" in event["signs"]:
                self.row(soort=VERWURGING, zekerheid=event["level"], **self.actors(event, adults, set()))
        for phase in facts["phases"]:
            self.row(soort=FASE, fase_open=phase in PHASES)
        for child in (person for person in facts["persons"] if person["child"]):
            self.subject(KIND, [child["id"]], child)
            self.violence(violence, set(), set(), child["id"])
            for parent in sorted(child["parents"]):
                self.subject(KIND_EN_OUDER, [child["id"], parent], child)
                self.requests_and_talks(child["id"], parent)
        for parent in (person for person in facts["persons"] if person["parent"]):
            self.subject(OUDER, [parent["id"]])
            self.violence(violence, {parent["id"]}, set(parent["co_parents"]))
        for proposal in facts["proposals"]:
            self.subject(VOORSTEL, [proposal["id"]])
            self.measures(set(proposal["participants"]))
        for ban in facts["bans"]:
            self.subject(HUISVERBOD, [ban["id"]])
            for bound in ban["restrained"]:
                person = self.persons[bound]
                self.row(soort=GEBONDENE, rij_geboren=unknown(person["born"]), rij_geboortejaar=unknown(person["born_year"]))

    def subject(self, kind, about, person=None):
        born = {"geboren": unknown(person["born"]), "geboortejaar": unknown(person["born_year"])} if person else {}
        day = {"dag": self.facts["on"], "dag_begint": self.facts["day_begins"], "dag_eindigt": self.facts["day_ends"]}
        self.subjects.append({**SUBJECT_INPUTS, **day, **born, "onderwerp_soort": kind, "about": about})
        # OpenFisca loses a group at the end that has no members, so each has a row that no rule looks at.
        self.row()

    def row(self, **values):
        self.rows.append({**INPUTS, **values, "subject": len(self.subjects) - 1})

    @staticmethod
    def actors(event, own, other):
        actors = event["actors"]
        return {
            "daders": len(actors), "daders_zelf": sum(who in own for who in actors),
            "daders_ander": sum(who in other for who in actors),
        }

    def violence(self, events, own, other, child=None):
        for event in events:
            told = [item["exposed"] for item in event["exposure"] if item["child"] == child]
            scores = [1 if exposed is None else 2 * exposed for exposed in told]
            self.row(
                soort=GEWELD, zekerheid=event["level"], doelwit=child in event["targets"],
                meegemaakt=max(scores, default=UNKNOWN), laatste_dag=unknown(event["last_day"]),
                **self.actors(event, own, other),
            )

    def requests_and_talks(self, child, parent):
        for item in self.facts["requests"]:
            for_child = not item["children"] or child in item["children"]
            by = item["kind"] == "omgang" and item["by"] == parent
            against = item["kind"] == "deny_omgang" and (not item["against"] or parent in item["against"])
            self.row(soort=VERZOEK, verzoek_past=for_child and (by or against))
        for item in self.facts["hearings"]:
            if item["child"] == child:
                talk = TALKS.index(item["outcome"]) if item["outcome"] in TALKS else UNKNOWN
                self.row(soort=GESPREK, gesprek=talk, bezwaar=unknown(item["objects"]))

    def measures(self, participants):
        for item in self.facts["measures"]:
            bound = set(item["restrained"])
            binds = 2 * bool(bound & participants) if bound else 1
            for rule in item["rules"]:
                if rule["effect"] != "forbids" or rule["conduct"] != "contact":
                    continue
                towards = [who for who in rule["with"] if who in participants and (bound - {who}) & participants]
                self.row(
                    soort=MAATREGEL, toestand=STATES.index(item["state"]), begin=unknown(item["starts"]),
                    einde=unknown(item["ends"]), zonder_einde=item["open_ended"], bindt=binds,
                    beschermt=(2 * bool(towards)) if rule["with"] else 1,
                )

    def columns(self, copies=1):
        """Columns for so many copies of the dossier."""
        rows = {name: np.tile(np.array([row[name] for row in self.rows], dtype=np.int64), copies) for name in INPUTS}
        subjects = {
            name: np.tile(np.array([item[name] for item in self.subjects], dtype=np.int64), copies)
            for name in SUBJECT_INPUTS
        }
        place = np.array([row["subject"] for row in self.rows], dtype=np.int64)
        shift = np.repeat(np.arange(copies) * len(self.subjects), len(self.rows))
        return rows, subjects, np.tile(place, copies) + shift


def build(system, columns, period):
    rows, subjects, place = columns
    builder = SimulationBuilder()
    builder.create_entities(system)
    builder.declare_person_entity("feit", np.arange(len(place)))
    groups = builder.declare_entity("onderwerp", np.arange(len(subjects["dag"])))
    builder.join_with_persons(groups, place, np.repeat("lid", len(place)))
    simulation = builder.build(system)
    for name, values in {**rows, **subjects}.items():
        simulation.set_input(name, period, values)
    return simulation


def compute(simulation, period):
    return {name: simulation.calculate("uitkomst_" + name.replace("-", "_"), period) for name in CRITERIA}


def outcomes(tables, results):
    given = {}
    for name, (kind, _) in CRITERIA.items():
        found = [at for at, item in enumerate(tables.subjects) if item["onderwerp_soort"] == kind]
        for at in found:
            about = tables.subjects[at]["about"]
            given[f"{name}[{','.join(about)}]" if about else name] = OUTCOMES[results[name][at]]
        if not found:
            given[name] = "not_applicable"
    return given


def median(work):
    """Median CPU time of the process, in seconds: as many runs as fit in two seconds, at least ten."""
    work()
    times, began = [], time.monotonic()
    while len(times) < 10 or time.monotonic() - began < 2:
        times.append(work())
    return sorted(times)[len(times) // 2]


def timed(system, columns, period):
    def whole():
        began = time.process_time()
        compute(build(system, columns, period), period)
        return time.process_time() - began

    def only_compute():
        simulation = build(system, columns, period)
        began = time.process_time()
        compute(simulation, period)
        return time.process_time() - began

    return median(whole), median(only_compute)


def shown(seconds):
    milliseconds = seconds * 1000
    return f"{milliseconds:.{3 if milliseconds < 10 else 1}f} ms".replace(".", ",")


def main(folder):
    system, questions, wrong, tables = make_system(), 0, 0, {}
    for path in sorted(glob.glob(f"{folder}/*.facts.json")):
        case = json.loads(Path(path).read_text())
        day = str(case["facts"]["on"])
        period = f"{day[:4]}-{day[4:6]}-{day[6:]}"
        made = Tables(case["facts"])
        given = outcomes(made, compute(build(system, made.columns(), period), period))
        questions += len(case["expected"])
        for key in sorted(given.keys() | case["expected"].keys()):
            if given.get(key) != case["expected"].get(key):
                wrong += 1
                print(f"{case['name']}: {key}: wij {case['expected'].get(key)}, OpenFisca {given.get(key)}", file=sys.stderr)
        tables[case["name"]] = (made, period)
    if wrong:
        sys.exit("de uitkomsten verschillen; er is niets gemeten")
    print(f"OpenFisca: {questions} uitkomsten gelijk aan de onze.", file=sys.stderr)
    small, large = (timed(system, made.columns(), period) for made, period in (tables["demo"], tables["demo-5000"]))
    made, period = tables["demo"]
    batch = timed(system, made.columns(1000), period)
    lines = [
        f"| OpenFisca, acht criteria, opbouwen en rekenen | {shown(small[0])} | {shown(large[0])} |",
        f"| OpenFisca, acht criteria, alleen rekenen | {shown(small[1])} | {shown(large[1])} |",
        f"| OpenFisca, duizend dossiers in één keer, per dossier, opbouwen en rekenen | {shown(batch[0] / 1000)} | |",
    ]
    Path(folder, "tabel-openfisca.md").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
