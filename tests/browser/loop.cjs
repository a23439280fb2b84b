// Walks the site as every role would: every page on every screen, and whole tasks by mouse, by
// keyboard only and without scripts. Usage: node loop.cjs BASE PASSWORD OUT
// Prints every fault and ends with "N passed, N failed"; exit code 1 when anything failed.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { chromium } = require("playwright-core");
const { Report, inspect, HEAVIEST, SCREENS } = require("./checks.cjs");
const { keyboardTask, scriptlessTask } = require("./tasks.cjs");
const { edited } = require("./word.cjs");
const { explained } = require("./explained.cjs");
const { Pages } = require("./html.cjs");
const { office } = require("./office.cjs");
const { safety } = require("./safety.cjs");
const { session, sessionWithoutScripts } = require("./session.cjs");

const [base, password, out] = process.argv.slice(2);
if (!base || !password || !out) {
  console.error("Gebruik: node loop.cjs BASIS WACHTWOORD UITVOER");
  process.exit(1);
}
fs.mkdirSync(out, { recursive: true });
const report = new Report(out);
const pages = new Pages(out);
let browser;

/** A desk: one signed-in user in an own browser profile. */
async function desk(role, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "nl-NL", timezoneId: "Europe/Amsterdam", acceptDownloads: true, ...options });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  pages.listen(page, role);
  // A refused form (4xx) is told by the browser as an error; the page itself says what is wrong.
  page.on("console", (message) => message.type() === "error" && report.check(`${role} browser`, message.text().includes("status of 4"), message.text()));
  page.on("pageerror", (error) => report.check(`${role} script`, false, String(error)));
  const self = {
    page,
    role,
    /** Clicks and waits until the page that follows has loaded. */
    async click(locator) {
      await Promise.all([page.waitForNavigation({ waitUntil: "load" }), locator.first().click()]);
    },
    async open(address, status = 200) {
      const answer = await page.goto(base + address, { waitUntil: "load" });
      report.check(`${role} ${address} status`, answer.status() === status, `status ${answer.status()}`);
      const { responseBodySize } = await answer.request().sizes();
      report.check(`${role} ${address} gewicht`, responseBodySize <= HEAVIEST, `${responseBodySize} bytes`);
    },
    inspect: (name, more) => inspect(report, page, role, name, more),
    async visit(name, address, more = {}) {
      await self.open(address, more.status);
      await self.inspect(name, more);
    },
    async case() {
      await self.open("/zaken");
      return page.locator("main table a").first().getAttribute("href");
    },
    close: () => context.close(),
  };
  if (role !== "bezoeker") {
    await self.open("/aanmelden");
    await page.fill("#gebruikersnaam", role);
    await page.fill("#wachtwoord", password);
    await self.click(page.locator("main button[type=submit]"));
    report.check(`${role} aanmelden`, !page.url().endsWith("/aanmelden"), "niet aangemeld");
  }
  return self;
}

const courtParts = [["overzicht", ""], ["tijdlijn", "/tijdlijn"], ["bevindingen", "/bevindingen"], ["mogelijkheden", "/mogelijkheden"], ["conflicten", "/conflicten"], ["concepten", "/concepten"], ["bundel", "/bundel"], ["inzendingen", "/inzendingen"], ["zoeken", "/zoeken?woorden=telefoon"]];

/** One line per finding and per fact: these pages grow with the case. */
const longer = (name) => ({ tijdlijn: { longest: 9000 }, bevindingen: { longest: 7000 } })[name] || {};

async function court(role) {
  const at = await desk(role);
  if (role === "rechter") report.check("rechter begint met de zittingen", new URL(at.page.url()).pathname === "/zittingen", at.page.url());
  const place = await at.case();
  await at.inspect("zaken");
  if (role === "rechter") await lists(at, true);
  for (const [name, part] of courtParts) await at.visit(name, place + part, longer(name));
  if (role === "rechter") {
    await at.visit("oordeel", `${place}/oordeel?over=istanbul/IV1`);
    await at.click(at.page.locator("main form[action$=oordeel] button[type=submit]"));
    await at.inspect("oordeel-fout", { unlinked: true });
    await at.page.check("#antwoord-nee");
    await at.page.fill("#overweging", "De brieven zijn van een derde.");
    await at.click(at.page.locator("main form[action$=oordeel] button[type=submit]"));
    await at.inspect("oordeel-vastgelegd");
    await bundle(at, place);
    for (const kind of ["gezag", "omgang", "gedragsinterventie", "huisverbod"]) await at.visit(`voornemen-${kind}`, `${place}/voornemen/${kind}`, { longest: 30_000, quotesData: true });
    await at.page.selectOption("#extension\\/signed_by", "hulpofficier");
    await at.page.fill("#extension\\/new_end", "2026-12-24T21:35");
    await at.click(at.page.locator("main button[value=bekijken]"));
    await at.inspect("voornemen-bekeken", { longest: 30_000, quotesData: true });
    report.check("voornemen: een grens van de wet staat naast de vragen", await at.page.getByText("Zo kan het volgens de wet niet").count() > 0, "geen weigering te zien");
    await at.open(`${place}/voornemen/gezag`);
    await at.page.selectOption("#basis", "");
    await at.click(at.page.locator("main button[value=vastleggen]"));
    await at.inspect("voornemen-fout", { longest: 30_000, quotesData: true, unlinked: true });
    await at.open(`${place}/voornemen/gezag`);
    await at.click(at.page.locator("main button[value=wissen]"));
    await at.inspect("voornemen-wissen", { unlinked: true });
    await at.click(at.page.locator("main a", { hasText: "Niet doen" }));
    report.check("voornemen: niet gewist", (await at.page.locator("main button[value=wissen]").count()) === 1, at.page.url());
    await narrow(at, place);
    await livePreview(at, place);
    await at.visit("tijdlijn-alles", `${place}/tijdlijn?periode=alles`, longer("tijdlijn"));
    await at.visit("account", "/account");
    await at.visit("onbekend", "/bestaat-niet", { status: 404, unlinked: true });
    await at.visit("verboden", "/gebruikers", { status: 403, unlinked: true });
  }
  await at.close();
}

/** What the paper would say follows what is filled in, and what was open stays open. */
async function livePreview(at, place) {
  const { page } = at;
  await at.open(`${place}/voornemen/omgang`);
  const paper = () => page.locator("#voorbeeld-inhoud").textContent();
  const before = await paper();
  report.check("voorbeeld: wat is vastgelegd", before.includes("vastgelegd"), before.slice(0, 200));
  await page.locator("#voorbeeld-inhoud details").first().evaluate((fold) => (fold.open = true));
  const told = "23 december 2026";
  await page.fill("#order_date", "2026-12-23");
  await page.locator("#voorbeeld-inhoud", { hasText: told }).waitFor();
  report.check("voorbeeld: volgt wat wordt ingevuld", (await paper()).includes(told) && !before.includes(told), page.url());
  report.check("voorbeeld: wat open was, blijft open", await page.locator("#voorbeeld-inhoud details").first().evaluate((fold) => fold.open), "dichtgeklapt");
  await at.inspect("voornemen-onder-het-typen", { longest: 30_000, quotesData: true, typed: true });
  await page.fill("#dwangsom_euro", "-5");
  await page.locator("#voorbeeld-stand", { hasText: "kan geen voorbeeld worden gemaakt" }).waitFor();
  await at.click(page.locator("main form[data-bewaren] button[value=bewaren]"));
  await at.open(`${place}/voornemen/omgang`);
  await at.click(page.locator("main button[value=weggooien]"));
}

/** Lists over all own cases, with a page on which nothing stands. */
async function lists(at, all) {
  const { page } = at;
  await at.visit("zittingen", "/zittingen");
  report.check("zittingen: de eerste is de combizitting", (await page.locator("main table").first().textContent()).includes("13.30 uur"), page.url());
  await page.fill("#vanaf", "2031-01-01");
  await at.click(page.locator("main form[action='/zittingen'] button[type=submit]"));
  report.check("zittingen: een dag kiezen", (await page.locator("main").textContent()).includes("Vanaf 1 januari 2031"), page.url());
  await at.inspect("zittingen-geen");
  if (!all) return;
  await at.visit("termijnen", "/termijnen");
  report.check("termijnen: wat nadert is gemerkt", (await page.locator("main .tag.strong").count()) > 0, page.url());
  await page.fill("#vanaf", "2041-01-01");
  await at.click(page.locator("main form[action='/termijnen'] button[type=submit]"));
  await at.inspect("termijnen-geen");
  await at.visit("werk", "/werk");
}

async function drafts() {
  const at = await desk("rechter");
  const place = await at.case();
  for (const kind of ["gezag", "omgang", "gedragsinterventie", "huisverbod"]) {
    await at.open(`${place}/concepten`);
    await at.page.check(`#soort-${kind}`);
    await at.click(at.page.locator("main form[action$=concepten] button[type=submit]"));
    await at.inspect(`concept-${kind}`);
    await at.click(at.page.locator("main a.button", { hasText: "Lezen" }));
    await at.inspect(`lezen-${kind}`, { longest: 30_000, quotesData: true });
  }
  await at.close();
}

/** On a telephone the open page of a case stands in sight in its menu. */
async function narrow(at, place) {
  await at.page.setViewportSize({ width: 390, height: 800 });
  for (const part of ["/conflicten", "/zoeken"]) {
    await at.open(place + part);
    const [left, right] = await at.page.locator("nav.case a[aria-current]").evaluate((open) => [open.getBoundingClientRect().left, open.getBoundingClientRect().right]);
    report.check(`smal: ${part} staat in beeld in het menu`, left >= 0 && right <= 390, `van ${left} tot ${right}`);
  }
  await at.page.setViewportSize({ width: 1280, height: 900 });
}

/** A draft out as a Word file, edited, and back: choices, a mistake, a look, and the new text. */
async function readBack() {
  const at = await desk("rechter");
  const place = await at.case();
  await at.open(`${place}/concepten`);
  await at.click(at.page.locator("main form[action$=concepten] button[type=submit]"));
  report.check("concepten: zonder keuze staat het bij de keuze", (await at.page.locator(".error-summary a[href='#soort']").count()) === 1, at.page.url());
  await at.inspect("concepten-fout", { unlinked: true });
  await at.page.check("#soort-gezag");
  await at.click(at.page.locator("main form[action$=concepten] button[type=submit]"));
  await at.click(at.page.locator("main a.button", { hasText: "Invullen of aanbieden" }));
  await at.inspect("behandeling", { quotesData: true });
  const life = new URL(at.page.url()).pathname;
  const got = await at.page.context().request.get(base + (await at.page.locator("#wordbestand-uitleg a").getAttribute("href")));
  const sentence = "De rechtbank weegt mee dat de hulp pas is begonnen.";
  const file = edited(await got.body(), (text) => {
    const mark = text.indexOf('w:name="rov_5_1"');
    const end = text.indexOf("</w:p>", mark) + "</w:p>".length;
    const last = text.lastIndexOf("</w:t>", end);
    const more = `${text.slice(0, last)} ${sentence}${text.slice(last, end)}<w:p><w:r><w:t>Hier komt een alinea bij.</w:t></w:r></w:p>${text.slice(end)}`;
    return more.replace(">CONCEPT</w:t>", ">KLAAR</w:t>");
  });
  const send = (buffer) => at.page.setInputFiles("#wordbestand", { name: "gezag.docx", mimeType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", buffer });
  const submit = (form) => at.click(at.page.locator(`${form} button[type=submit]`));
  await at.visit("teruglezen", life.replace("/herziening/", "/teruglezen/"));
  await send(Buffer.from("%PDF-1.7"));
  await submit("main form[enctype]");
  await at.inspect("teruglezen-fout", { unlinked: true });
  await send(file);
  await submit("main form[enctype]");
  report.check("teruglezen: niets is vooraf gekozen", (await at.page.locator("main input:checked").count()) === 0, "er is al iets gekozen");
  report.check("teruglezen: drie verschillen, twee over te nemen", (await at.page.locator("main fieldset").count()) === 3 && (await at.page.locator("main input[value=overnemen]").count()) === 2, "andere verschillen");
  await at.inspect("teruglezen-verschillen", { quotesData: true, unlinked: true });
  await at.click(at.page.locator("main button[value=nakijken]"));
  report.check("teruglezen: open vragen houden tegen", (await at.page.locator(".error-summary a").count()) === 2, "niet alle open vragen genoemd");
  await at.inspect("teruglezen-open", { quotesData: true, unlinked: true });
  await at.page.locator("main input[value=overnemen]").first().check();
  await at.page.locator("main input[value=niet]").last().check();
  await at.click(at.page.locator("main button[value=nakijken]"));
  await at.inspect("teruglezen-nakijken", { quotesData: true, unlinked: true });
  await at.click(at.page.locator("main button[value=vastleggen]"));
  const text = await at.page.locator("main").textContent();
  report.check("teruglezen: de stap staat in de behandeling", at.page.url().endsWith(life) && text.includes("1 van 3 verschillen overgenomen") && (await at.page.locator(`#blok option[data-tekst*="${sentence}"]`).count()) === 1, at.page.url());
  await at.inspect("behandeling-gewijzigd", { quotesData: true });
  await at.close();
}

/** One document from draft to a corrected, sealed text: clerk and judge at their own desks, a late step, a Word file. */
async function life() {
  const [clerk, judge, other] = [await desk("griffier"), await desk("rechter"), await desk("familierechter")];
  const place = await clerk.case();
  await clerk.open(`${place}/concepten`);
  await clerk.page.check("#soort-gezag");
  await clerk.click(clerk.page.locator("main form[action$=concepten] button[type=submit]"));
  await clerk.click(clerk.page.locator("main a.button", { hasText: "Invullen of aanbieden" }));
  const here = new URL(clerk.page.url()).pathname;
  const step = async (at, name, { reason, paragraph, text } = {}) => {
    if (new URL(at.page.url()).pathname !== here) await at.open(here);
    await at.page.check(`#stap-${name}`);
    if (reason) await at.page.fill("#reden", reason);
    if (paragraph) {
      const option = at.page.locator("#blok option", { hasText: paragraph }).first();
      await at.page.selectOption("#blok", await option.getAttribute("value"));
      report.check("leven: de tekst van de gekozen alinea staat klaar", (await at.page.inputValue("#tekst")).length > 20, await at.page.inputValue("#tekst"));
      await at.page.fill("#tekst", text);
    }
    await at.click(at.page.locator("main form[action*=herziening] button[type=submit]"));
    return at.page.locator("main").textContent();
  };
  const told = (what, text, ...wanted) => report.check(`leven: ${what}`, wanted.every((words) => text.includes(words)), `niet te lezen: ${wanted.join(", ")}; wel: ${text.replace(/\s+/g, " ").slice(0, 900)}`);

  await step(clerk, "aangeboden");
  await judge.open(here);
  await judge.inspect("leven-aangeboden", { quotesData: true });
  await judge.visit("werk-wacht", "/werk");
  report.check("leven: wat is aangeboden, wacht op de rechter", (await judge.page.locator("main").textContent()).includes("de rechter: goedkeuren of teruggeven"), judge.page.url());
  await judge.click(judge.page.locator(`main a[href='${here}']`));
  await step(judge, "teruggegeven", { reason: "Het kader moet korter." });
  const late = await step(clerk, (await clerk.page.locator("main input[name=stap]").first().getAttribute("value")));
  told("wie te laat is ziet wat de ander deed", late, "Het kader moet korter.");
  await clerk.inspect("leven-te-laat", { quotesData: true, unlinked: true });

  await clerk.open(here);
  const got = await clerk.page.context().request.get(base + (await clerk.page.locator("#wordbestand-uitleg a").getAttribute("href")));
  const file = edited(await got.body(), (text) => text.replace(/\[in te vullen: [^\]<]*\]/g, "zoals op de zitting besproken"));
  await clerk.page.setInputFiles("#wordbestand", { name: "gezag.docx", mimeType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", buffer: file });
  await clerk.click(clerk.page.locator("main form[enctype] button[type=submit]"));
  for (const choice of await clerk.page.locator("main input[value=overnemen]").all()) await choice.check();
  await clerk.click(clerk.page.locator("main button[value=nakijken]"));
  await clerk.click(clerk.page.locator("main button[value=vastleggen]"));
  told("de griffier vulde in Word in wat ontbrak", await clerk.page.locator("main").textContent(), "een bewerkt Word-bestand");

  await step(clerk, "aangeboden");
  const own = "De rechtbank kan een ouder in de uitoefening van het gezag schorsen.";
  await judge.open(here);
  told("de rechter wijzigt een alinea", await step(judge, "gewijzigd", { paragraph: "5.1 ", text: own }), own.slice(0, 30));
  await judge.open(here);
  told("wie wijzigde, leest dat een ander goedkeurt", await judge.page.locator("main").textContent(), "Een andere rechter kan dat wel");
  report.check("leven: wie wijzigde, kan niet zelf goedkeuren", (await judge.page.locator("#stap-goedgekeurd").count()) === 0, "goedkeuren wordt aangeboden");
  await judge.inspect("leven-zelf-goedkeuren", { quotesData: true });
  await other.open(here);
  told("een ander keurt goed", await step(other, "goedgekeurd"), "Goedgekeurd");
  await clerk.open(here);
  await step(clerk, "verzegeld");
  await clerk.inspect("leven-verzegeld", { quotesData: true });
  const code = () => clerk.page.locator("main .lead code").textContent();
  const first = await code();
  await judge.open(here);
  await step(judge, "hersteld", { reason: "In alinea 5.1 ontbrak een woord.", paragraph: "5.1 ", text: `${own} Dat kan alleen voor een tijd.` });
  await other.open(here);
  await step(other, "goedgekeurd");
  await clerk.open(here);
  await step(clerk, "verzegeld");
  await clerk.inspect("leven-hersteld", { quotesData: true });
  const second = await code();
  report.check("leven: de herstelde tekst heeft een eigen code", first !== second, first);
  for (const at of [clerk, judge, other]) await at.close();

  const visitor = await desk("bezoeker");
  await visitor.visit("controle-oud", `/controle?code=${first}`, { quotesData: true });
  told("de oude code leidt naar een oudere tekst", await visitor.page.locator("main").textContent(), "vervangen door een latere versie");
  await visitor.visit("controle", `/controle?code=${second}`, { quotesData: true });
  told("de code leidt naar de geldende tekst", await visitor.page.locator("main").textContent(), "verzegelde tekst die nu geldt");
  await visitor.close();
  const overseer = await desk("toezichthouder");
  const log = await wholeLog(overseer, `/log?dossier=${place.split("/").pop()}`);
  told("elke stap staat in het logboek", log, "aangeboden", "teruggegeven", "gewijzigd", "goedgekeurd", "verzegeld", "hersteld");
  await overseer.close();
}

/** The text of the log of a case, page after page: the other desk at work adds lines too. */
async function wholeLog(at, first) {
  let text = "";
  for (let next = first; next; ) {
    await at.open(next);
    text += (await at.page.locator("main").textContent()).toLowerCase();
    const older = at.page.getByRole("link", { name: "Oudere regels" });
    next = (await older.count()) > 0 ? await older.getAttribute("href") : null;
  }
  return text;
}

/** A bundle for the coming hearing: chosen, made while the page refreshes itself, and fetched. */
async function bundle(at, place) {
  await at.visit("bundel-kiezen", `${place}/bundel`);
  const combined = at.page.locator("#zitting option", { hasText: "strafzaak" }).first();
  await at.page.selectOption("#zitting", await combined.getAttribute("value"));
  await at.click(at.page.locator("main form[action$=bundel] button[type=submit]"));
  const ready = at.page.locator("main a.button", { hasText: "Bundel ophalen" });
  await ready.waitFor({ timeout: 120_000 });
  await at.inspect("bundel-klaar", { quotesData: true });
  const got = await at.page.context().request.get(base + (await ready.getAttribute("href")));
  report.check(`${at.role} haalt de bundel op`, got.ok() && (await got.body()).subarray(0, 5).toString() === "%PDF-", `status ${got.status()}`);
}

/** The file of a document: a wrong one, and for whom the right one was looked through. */
async function documentFile(at, place) {
  await at.open(`${place}/bundel`);
  await at.click(at.page.locator("main table a", { hasText: "Raadsrapport" }));
  await at.inspect("bundel-stuk", { quotesData: true });
  await at.page.setInputFiles("#stukbestand", { name: "rapport.pdf", mimeType: "application/pdf", buffer: Buffer.from("geen pdf") });
  await at.click(at.page.locator("main form[enctype] button[type=submit]"));
  report.check("bundel: wat geen pdf is wordt geweigerd", (await at.page.locator(".error-summary a").count()) === 1, "geen melding");
  await at.inspect("bundel-stuk-fout", { quotesData: true, unlinked: true });
  await at.page.locator("main input[name=partij]").first().check();
  await at.click(at.page.locator("main form:not([enctype]) button[type=submit]"));
  await at.inspect("bundel-stuk-nagezien", { quotesData: true });
}

/** The dossier in sections: what is missing, a fact that is added with a mistake first, and taken away again. */
async function sections(at, place) {
  const { page } = at;
  await at.visit("onderdelen", `${place}/onderdelen`);
  for (const section of ["stukken", "zaken", "personen", "instanties", "relaties", "gezag", "gebeurtenissen", "maatregelen", "verzoeken", "hulp", "horen", "instrumenten", "voorstellen"]) {
    await at.visit(`onderdelen-${section}`, `${place}/onderdelen/${section}`, { quotesData: true });
    await at.click(page.locator("main ul.lines > li > a").first());
    await at.inspect(`onderdelen-${section}-een`, { longest: 30_000, quotesData: true });
  }
  await at.visit("onderdelen-nieuw", `${place}/onderdelen/gebeurtenissen/nieuw`, { longest: 30_000, quotesData: true });
  await page.selectOption("#kind", "threat");
  await at.click(page.locator("main button[value=vastleggen]"));
  report.check("onderdelen: wat ontbreekt staat bij het veld", (await page.locator(".error-summary a[href='#description']").count()) === 1, page.url());
  await at.inspect("onderdelen-fout", { longest: 30_000, quotesData: true, unlinked: true });
  await page.fill("#description", "Er is gebeld op een avond in de herfst.");
  await page.evaluate(() => document.querySelectorAll("details").forEach((fold) => fold.setAttribute("open", "")));
  await page.selectOption("select[name='time/precision']", "unknown");
  await at.click(page.locator("main button[value=vastleggen]"));
  report.check("onderdelen: vastgelegd, en wat onbekend is wordt genoemd", (await page.locator("main li", { hasText: "avond in de herfst" }).textContent()).includes("Wanneer"), page.url());
  await at.inspect("onderdelen-vastgelegd", { quotesData: true, unlinked: true });
  await at.click(page.locator("main li", { hasText: "avond in de herfst" }).locator("a"));
  await page.check("#reden\\=onjuist-overgenomen");
  await at.click(page.locator("main button[value=weghalen]"));
  report.check("onderdelen: eerst gevraagd", (await page.locator("h1").textContent()).includes("Weghalen uit het dossier?") && (await page.locator("main a", { hasText: "Niet doen" }).count()) === 1, page.url());
  await at.inspect("onderdelen-weghalen", { quotesData: true, unlinked: true });
  await at.click(page.locator("main form.actions button[type=submit]"));
  report.check("onderdelen: weggehaald", (await page.locator("main li", { hasText: "avond in de herfst" }).count()) === 0, page.url());
}

async function clerk() {
  const at = await desk("griffier");
  const place = await at.case();
  await at.inspect("zaken");
  await lists(at, true);
  await at.visit("zaken-niets-gevonden", "/zaken?zoek=bestaat-niet&sinds=2026-01-01");
  await at.visit("overzicht", place);
  await at.visit("toewijzingen", `${place}/toewijzingen`);
  const end = at.page.locator("main form button[value=beeindigen]");
  report.check("toewijzingen: niemand is vooraf gekozen", (await at.page.inputValue("#beeindig")) === "" && (await at.page.inputValue("#gebruikersnaam")) === "", "er is al iemand gekozen");
  await at.click(end);
  await at.inspect("toewijzingen-niemand", { unlinked: true });
  await at.page.selectOption("#beeindig", { label: await at.page.locator("#beeindig option", { hasText: "(griffier)" }).textContent() });
  await at.click(end);
  report.check("toewijzingen: de laatste griffier blijft", (await at.page.locator(".error-summary").textContent()).includes("laatste griffier"), at.page.url());
  await at.inspect("toewijzingen-laatste", { unlinked: true });
  await at.visit("bijwerken", `${place}/bijwerken`);
  await documentFile(at, place);
  await sections(at, place);
  await at.visit("nieuw", "/zaken/nieuw");
  await at.page.fill("#tekst", '{"format":"1","reference":"","persons":[{"id":"A b","name":""}],"matters":[]}');
  await at.click(at.page.locator("main form[action$=nieuw] button[type=submit]"));
  report.check("griffier ziet alle problemen", (await at.page.locator(".error-summary li").count()) >= 3, "te weinig problemen genoemd");
  await at.inspect("nieuw-problemen", { quotesData: true });
  await at.close();
}

async function advocate(role) {
  const at = await desk(role);
  const place = await at.case();
  await at.inspect("zaken");
  await lists(at, false);
  for (const [name, part] of [["overzicht", ""], ["tijdlijn", "/tijdlijn"], ["conflicten", "/conflicten"], ["bundel", "/bundel"], ["veiligheidsinformatie", "/veiligheidsinformatie"]]) {
    await at.visit(name, place + part, longer(name));
  }
  await safety(at, report);
  await at.visit("verboden", `${place}/bevindingen`, { status: 403, unlinked: true });
  await at.close();
}

async function partner() {
  const at = await desk("ketenpartner");
  await at.visit("leveringen", "/leveringen");
  await at.click(at.page.locator("main form[action$=leveringen] button[type=submit]"));
  await at.inspect("leveringen-fout");
  await at.page.fill("#zaak", await at.page.locator("#zaken option").first().getAttribute("value"));
  await at.page.fill("#titel", "Veiligheidsbeoordeling");
  await at.page.fill("#tekst", "Er is een gesprek gevoerd. Waargenomen: geen.");
  await at.click(at.page.locator("main form[action$=leveringen] button[type=submit]"));
  await at.inspect("leveringen-ontvangst");
  await at.close();
}

async function overseer() {
  const told = (what, text, ...wanted) => report.check(`logboek: ${what}`, wanted.every((words) => text.includes(words)), `niet te lezen: ${wanted.join(", ")}; wel: ${text.replace(/\s+/g, " ").slice(0, 900)}`);
  const at = await desk("toezichthouder");
  await at.visit("log", "/log");
  const known = await at.page.locator("#zaken option").first().getAttribute("value");
  const ask = async (name, zaak, lezer) => {
    await at.page.fill("#zaak", zaak);
    await at.page.fill("#lezer", lezer);
    await at.click(at.page.locator("main form[action='/log'] button[type=submit]"));
    await at.inspect(name);
    return at.page.locator("main").textContent();
  };
  told("het logboek van een zaak zegt wie keek en op grond waarvan", await ask("log-zaak", known, ""), known, "(griffier)", "Toegewezen als griffier");
  told("wat één gebruiker deed staat bij elkaar", await ask("log-lezer", "", "rechter"), "in alle zaken", "(rechter)");
  await at.visit("inrichting", "/inrichting");
  await at.open("/log");
  told("een kenmerk dat er niet is wordt gezegd", await ask("log-fout", "bestaat-niet", ""), "geen zaak met dit kenmerk");
  await at.close();
}

async function administrator() {
  const at = await desk("beheerder");
  await at.visit("gebruikers", "/gebruikers");
  await at.click(at.page.locator("main form[action$=gebruikers] button[type=submit]"));
  await at.inspect("gebruikers-fout");
  await at.visit("inrichting", "/inrichting");
  await at.visit("bewaartermijnen", "/bewaartermijnen");
  await at.visit("toewijzingen-geen-zaak", "/toewijzingen?zaak=bestaat-niet");
  await at.page.fill("#zaak", "combi-2026-demo-01");
  await at.click(at.page.locator("main form[method=get] button"));
  await at.inspect("toewijzingen");
  report.check("beheer: wie is toegewezen, zonder namen van partijen", (await at.page.locator("main tbody tr").count()) >= 5 && !(await at.page.locator("main").textContent()).includes("Anna"), at.page.url());
  await at.click(at.page.locator("main tr", { hasText: "griffier" }).locator("button"));
  await at.inspect("toewijzingen-laatste", { unlinked: true });
  await at.visit("toewijzingen-zonder", "/toewijzingen?zonder=griffier");
  await at.open("/gebruikers");
  const users = await at.page.locator("main a[href^='/gebruikers/']").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  await at.visit("gebruiker", users[0]);
  await at.click(at.page.locator("section[aria-labelledby=nieuw] button[type=submit]"));
  await at.inspect("gebruiker-fout");
  await at.close();
}

async function visitor() {
  const at = await desk("bezoeker");
  await at.visit("toegankelijkheid", "/toegankelijkheid");
  await at.visit("aanmelden", "/aanmelden");
  await at.click(at.page.locator("main button[type=submit]"));
  await at.inspect("aanmelden-fout");
  await at.close();
}

/** Every link that anyone saw leads somewhere, for who saw it. */
async function follow() {
  const roles = new Map();
  for (const [key, from] of report.links) {
    const [role, href] = key.split(" ");
    if (!roles.has(role)) roles.set(role, new Map());
    const [address, anchor] = href.split("#");
    if (!roles.get(role).has(address)) roles.get(role).set(address, []);
    roles.get(role).get(address).push({ from, anchor });
  }
  for (const [role, addresses] of roles) {
    const at = await desk(role);
    for (const [address, uses] of addresses) {
      const answer = await at.page.context().request.get(address);
      // A bundle lapses when its case changes, which the clerk did after it was made; the page of the bundle says so.
      const lapsed = answer.status() === 409 && address.includes("/bundel/gemaakt/");
      report.check(`${uses[0].from} → ${address}`, answer.ok() || lapsed || role === "bezoeker", `status ${answer.status()}`);
      const text = await answer.text();
      const lost = uses.filter(({ anchor }) => anchor && !text.includes(`id="${decodeURIComponent(anchor)}"`));
      report.check(`${uses[0].from} → ${address} ankers`, lost.length === 0, `geen doel: ${lost.map((use) => use.anchor).slice(0, 5).join(", ")}`);
    }
    await at.close();
  }
}

/** Where the outcome of the walk is kept, for the statement on the site. */
const KEPT = path.join(__dirname, "..", "..", "templates", "pages", "toegankelijkheid.json");

/** The statement on the site says what this walk found: same pages, same faults. `BIJWERKEN=1` writes it anew. */
function statement() {
  const outcome = {
    gemeten_op: new Date().toISOString().slice(0, 10),
    browser: `Chromium ${browser.version().split(".")[0]}`,
    axe: require("axe-core/package.json").version,
    breedtes: [...new Set(SCREENS.map((screen) => screen.width))],
    paginas: [...report.pages].sort(),
    gebreken: report.violations,
  };
  if (process.env.BIJWERKEN) fs.writeFileSync(KEPT, `${JSON.stringify(outcome, null, 2)}\n`);
  const kept = fs.existsSync(KEPT) ? JSON.parse(fs.readFileSync(KEPT, "utf8")) : {};
  const same = ["axe", "breedtes", "paginas", "gebreken"].every((name) => JSON.stringify(kept[name]) === JSON.stringify(outcome[name]));
  report.check("de toegankelijkheidsverklaring", same, "de site noemt een andere uitkomst; voer uit: BIJWERKEN=1 .ci/browser");
}

/** Two desks at a time: the machine that checks may have two cores. */
async function inTwos(jobs) {
  const waiting = [...jobs];
  const worker = async () => {
    for (let job = waiting.shift(); job; job = waiting.shift()) {
      const [name, work] = job;
      const began = Date.now();
      await work().catch((error) => report.check(name, false, String(error.stack || error).slice(0, 600)));
      console.log(`${name}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
    }
  };
  await Promise.all([worker(), worker()]);
}

(async () => {
  // In containers /dev/shm may be too small for a picture.
  const args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars"];
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args });
  const only = process.env.ALLEEN;
  const jobs = [
    ["rechter", () => court("rechter")],
    ["concepten", drafts],
    ["teruglezen", readBack],
    ["uitleg", () => explained(desk, report)],
    ["leven", life],
    ["sessie", () => session(desk, report)],
    ["sessie zonder scripts", () => sessionWithoutScripts(desk, report)],
    ["familierechter", () => court("familierechter")],
    ["griffier", clerk],
    ["advocaat-1", () => advocate("advocaat-1")],
    ["advocaat-2", () => advocate("advocaat-2")],
    ["medewerker", () => office(desk, report)],
    ["toetsenbord", () => keyboardTask(browser, base, password, report)],
    ["zonder scripts", () => scriptlessTask(browser, base, password, report)],
    ["ketenpartner", partner],
    ["toezichthouder", overseer],
    ["beheerder", administrator],
    ["bezoeker", visitor],
  ].filter(([name]) => !only || name === only);
  try {
    await inTwos(jobs);
    await inTwos([["verwijzingen", follow]]);
    await pages.judge(report);
    if (!only) statement();
  } finally {
    await browser.close();
  }
  for (const fault of report.faults) console.log(`FOUT ${fault}`);
  console.log(`${report.passed} passed, ${report.faults.length} failed`);
  process.exitCode = report.faults.length ? 1 : 0;
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
