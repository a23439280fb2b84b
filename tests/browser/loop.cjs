// Walks through every page as each role: screenshots, axe, and one task by keyboard only.
// Usage: node loop.cjs BASE USERS.json OUT, where USERS.json holds {"role": ["name", "password"]}.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { chromium } = require("playwright-core");

const axeSource = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const [base, usersFile, out] = process.argv.slice(2);
if (!base || !usersFile || !out) {
  console.error("Gebruik: node loop.cjs BASIS GEBRUIKERS.json UITVOER");
  process.exit(1);
}
const users = JSON.parse(fs.readFileSync(usersFile, "utf8"));
fs.mkdirSync(out, { recursive: true });
const faults = [];

// The site forbids scripts, so axe is put in through the debugger, not through the page.
async function check(page, name) {
  const session = await page.context().newCDPSession(page);
  await session.send("Runtime.evaluate", { expression: axeSource });
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const expression = `axe.run(document, {runOnly: ${JSON.stringify(tags)}}).then((r) => JSON.stringify(r.violations.map((v) => [v.id, v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160))])))`;
  const answer = await session.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
  if (answer.exceptionDetails) throw new Error(`${name}: axe: ${answer.exceptionDetails.text}`);
  for (const [id, nodes] of JSON.parse(answer.result.value)) faults.push(`${name}: ${id}: ${nodes.join(" | ")}`);
  await session.detach();
}

async function shoot(page, name) {
  const wide = await page.evaluate(() => document.documentElement && document.documentElement.scrollWidth > document.documentElement.clientWidth + 1);
  if (wide) faults.push(`${name}: de pagina is breder dan het scherm`);
  await page.screenshot({ path: path.join(out, `${name}.png`), fullPage: true });
  await check(page, name);
}

async function signIn(browser, role, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, locale: "nl-NL", ...options });
  const page = await context.newPage();
  page.on("console", (message) => message.type() === "error" && !message.text().includes("status of 4") && faults.push(`${role}: console: ${message.text()}`));
  await page.goto(`${base}/aanmelden`);
  const [name, password] = users[role];
  await page.fill("#gebruikersnaam", name);
  await page.fill("#wachtwoord", password);
  await page.click("main button[type=submit]");
  await page.waitForLoadState("load");
  return page;
}

async function visit(page, prefix, paths) {
  for (const [name, address] of paths) {
    const answer = await page.goto(`${base}${address}`);
    if (answer.status() >= 500) faults.push(`${prefix}-${name}: status ${answer.status()}`);
    await shoot(page, `${prefix}-${name}`);
  }
}

async function firstCase(page) {
  await page.goto(`${base}/zaken`);
  return page.locator("main table a").first().getAttribute("href");
}

// Moves with Tab until the focused element has this text or id, then returns.
async function tabTo(page, wanted) {
  for (let step = 0; step < 400; step += 1) {
    await page.keyboard.press("Tab");
    const found = await page.evaluate((text) => {
      const now = document.activeElement;
      const style = now && getComputedStyle(now);
      const seen = style && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
      const name = now ? (now.id === text || now.value === text || now.textContent.trim().startsWith(text)) : false;
      return { name, seen, tag: now && now.outerHTML.slice(0, 100) };
    }, wanted);
    if (!found.seen) faults.push(`toetsenbord: de focus is niet te zien bij ${found.tag}`);
    if (found.name) return;
  }
  throw new Error(`met Tab niet te bereiken: ${wanted}`);
}

async function keyboardOnly(browser) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, locale: "nl-NL", acceptDownloads: true });
  const page = await context.newPage();
  const [name, password] = users.rechter;
  await page.goto(`${base}/`);
  await tabTo(page, "gebruikersnaam");
  await page.keyboard.type(name);
  await tabTo(page, "wachtwoord");
  await page.keyboard.type(password);
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  await tabTo(page, "combi");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  await tabTo(page, "Conflicten");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  await tabTo(page, "Concepten");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  await tabTo(page, "soort-gezag");
  await page.keyboard.press("ArrowDown");
  await tabTo(page, "Concept maken");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  await shoot(page, "toetsenbord-1-concept");
  await tabTo(page, "Lezen");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  await shoot(page, "toetsenbord-2-lezen");
  await tabTo(page, "PDF downloaden");
  const [file] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  const target = path.join(out, file.suggestedFilename());
  await file.saveAs(target);
  if (!fs.readFileSync(target).subarray(0, 5).equals(Buffer.from("%PDF-"))) faults.push("toetsenbord: geen pdf");
  await context.close();
}

async function courtWalk(browser) {
  const judge = await signIn(browser, "rechter");
  const place = await firstCase(judge);
  const parts = ["", "/tijdlijn", "/bevindingen", "/conflicten", "/concepten", "/inzendingen"];
  const pages = parts.map((part) => [part ? part.slice(1) : "overzicht", place + part]);
  await visit(judge, "rechter", [["zaken", "/zaken"], ...pages, ["account", "/account"], ["onbekend", "/bestaat-niet"]]);
  for (const kind of ["gezag", "omgang", "gedragsinterventie", "huisverbod"]) {
    await judge.goto(`${base}${place}/concepten`);
    await judge.check(`#soort-${kind}`);
    await judge.click("main button[type=submit]");
    await shoot(judge, `rechter-concept-${kind}`);
    await judge.locator("main a.button", { hasText: "Lezen" }).first().click();
    await shoot(judge, `rechter-lezen-${kind}`);
  }
  const clerk = await signIn(browser, "griffier");
  await visit(clerk, "griffier", [["nieuw", "/zaken/nieuw"], ["toewijzingen", `${place}/toewijzingen`], ["bijwerken", `${place}/bijwerken`]]);
  await clerk.goto(`${base}/zaken/nieuw`);
  await clerk.fill("#tekst", '{"format":"1","reference":"","persons":[{"id":"A b","name":""}],"matters":[]}');
  await clerk.click("main button[type=submit]");
  await shoot(clerk, "griffier-nieuw-problemen");
  return place;
}

async function othersWalk(browser, place) {
  const advocate = await signIn(browser, "advocaat");
  const own = await firstCase(advocate);
  const parts = ["", "/tijdlijn", "/conflicten", "/veiligheidsinformatie"];
  await visit(advocate, "advocaat", parts.map((part) => [part ? part.slice(1) : "overzicht", own + part]));
  await advocate.click("main form[action$=veiligheidsinformatie] button[type=submit]");
  await shoot(advocate, "advocaat-veiligheidsinformatie-fout");
  await advocate.fill("#omschrijving", "Er is opnieuw gedreigd.");
  await advocate.click("main form[action$=veiligheidsinformatie] button[type=submit]");
  await shoot(advocate, "advocaat-veiligheidsinformatie-ontvangst");
  await visit(advocate, "advocaat", [["verboden", `${place}/bevindingen`]]);
  await visit(await signIn(browser, "ketenpartner"), "ketenpartner", [["leveringen", "/leveringen"]]);
  const overseer = await signIn(browser, "toezichthouder");
  await visit(overseer, "toezichthouder", [["log", "/log"], ["log-zaak", `/log?dossier=${place.split("/")[2]}`]]);
  await visit(await signIn(browser, "beheerder"), "beheerder", [["gebruikers", "/gebruikers"]]);
}

async function otherScreens(browser, place) {
  const pages = ["", "/tijdlijn", "/bevindingen", "/concepten"].map((part) => [part ? part.slice(1) : "overzicht", place + part]);
  await visit(await signIn(browser, "rechter", { viewport: { width: 360, height: 740 } }), "smal", pages);
  await visit(await signIn(browser, "rechter", { colorScheme: "dark" }), "donker", pages);
  const anonymous = await browser.newPage();
  await anonymous.goto(`${base}/aanmelden`);
  await shoot(anonymous, "aanmelden");
  await anonymous.click("main button[type=submit]");
  await shoot(anonymous, "aanmelden-fout");
}

(async () => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox"] });
  try {
    await keyboardOnly(browser);
    const place = await courtWalk(browser);
    await othersWalk(browser, place);
    await otherScreens(browser, place);
  } finally {
    await browser.close();
  }
  for (const fault of faults) console.log(`FOUT ${fault}`);
  console.log(faults.length ? `${faults.length} fouten` : "Geen fouten");
  process.exit(faults.length ? 1 : 0);
})().catch((error) => {
  console.error(String(error));
  for (const fault of faults) console.log(`FOUT ${fault}`);
  process.exit(1);
});
