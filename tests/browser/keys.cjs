// A key on a device: taken into use and signed in with, in a real browser whose authenticator is a virtual one.
// Usage: node keys.cjs BASE PASSWORD OUT      (BASE has a name: no browser lets a key sign for a number)
"use strict";
const { createHmac } = require("node:crypto");
const { chromium } = require("playwright-core");
const { Report, inspect } = require("./checks.cjs");
const { Pages } = require("./html.cjs");

const [base, password, out] = process.argv.slice(2);
const NAME = "rechter";
const report = new Report(out);
const pages = new Pages(out);
const PLACE = `${base}/account/tweede-factor`;

/** The code of an app for a secret in base32, so many half minutes from now. */
function code(secret, later = 0) {
  const signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret].map((sign) => signs.indexOf(sign).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + later));
  const mark = createHmac("sha1", key).update(step).digest();
  return String((mark.readUInt32BE(mark[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

async function person(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "nl-NL", ...options });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  pages.listen(page, NAME, base);
  const click = (locator) => Promise.all([page.waitForNavigation({ waitUntil: "load" }), locator.first().click()]);
  const look = (what, more = {}) => inspect(report, page, NAME, what, { unlinked: true, ...more });
  // Looking at a page ends a session with the debugger, and with it the device: it is put in again, with what is on it.
  const device = async (credentials = []) => {
    const session = await context.newCDPSession(page);
    await session.send("WebAuthn.enable");
    const options = { protocol: "ctap2", transport: "usb", hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true };
    const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", { options });
    for (const credential of credentials) await session.send("WebAuthn.addCredential", { authenticatorId, credential });
    return async () => (await session.send("WebAuthn.getCredentials", { authenticatorId })).credentials;
  };
  const signIn = async () => {
    await page.goto(`${base}/aanmelden`);
    await page.fill("#gebruikersnaam", NAME);
    await page.fill("#wachtwoord", password);
    await click(page.locator("main button[type=submit]"));
  };
  return { context, page, click, look, device, signIn };
}

/** The app first: it stays for another browser. Gives a recovery code. */
async function enrol({ page, click }) {
  await page.goto(PLACE);
  await page.fill("#wachtwoord", password);
  await click(page.locator("button", { hasText: "Tweede factor instellen" }));
  const secret = (await page.locator("main code").textContent()).replaceAll(" ", "");
  await page.fill("#code", code(secret));
  await click(page.locator("button", { hasText: "in gebruik nemen" }));
  const codes = await page.locator(".codes code").allTextContents();
  return { secret, codes };
}

async function withKey(own) {
  const { page, click, look } = own;
  const { secret, codes } = await enrol(own);
  await page.goto(PLACE);
  await look("sleutels-geen");
  await page.fill("#naam", "stick aan de sleutelbos");
  await page.fill("#sleutelcode", "000000");
  await click(page.locator("button", { hasText: "Sleutel toevoegen" }));
  await look("sleutels-fout");
  await page.fill("#sleutelcode", codes[0]);
  await click(page.locator("button", { hasText: "Sleutel toevoegen" }));
  await look("sleutel-toevoegen");
  const onIt = await own.device();
  await page.locator("form[data-vraag] button").click();
  await page.waitForURL((url) => url.search === "?gedaan=sleutel", { waitUntil: "load" });
  const credentials = await onIt();
  report.check("sleutel: staat in de lijst", (await page.locator("td", { hasText: "stick aan de sleutelbos" }).count()) === 1, page.url());
  await look("sleutels");
  await click(page.locator("header button", { hasText: "Afmelden" }));
  await own.signIn();
  await look("aanmelden-met-sleutel");
  await own.device(credentials);
  await page.locator("form[data-vraag] button").click();
  await page.waitForURL(`${base}/zittingen`, { waitUntil: "load" });
  report.check("sleutel: aangemeld zonder code", (await page.locator("header button", { hasText: "Afmelden" }).count()) === 1, page.url());
  return secret;
}

/** In a browser without the key, and in one without scripts, the code of the app does the same. */
async function without(browser, secret) {
  const keyless = await person(browser);
  await keyless.signIn();
  await keyless.device();
  await keyless.page.locator("form[data-vraag] button").click();
  await keyless.page.waitForFunction(() => document.querySelector("[data-stand]").textContent.includes("gaf geen antwoord"));
  await keyless.look("aanmelden-sleutel-niet-hier", { typed: true });
  await keyless.context.close();
  const plain = await person(browser, { javaScriptEnabled: false });
  await plain.signIn();
  report.check("zonder scripts: geen knop die niets doet", !(await plain.page.locator("form[data-vraag] button").isVisible()), "de knop staat er");
  await plain.page.fill("#code", code(secret, 1));
  await plain.click(plain.page.locator("button", { hasText: "Verder" }));
  report.check("zonder scripts: aangemeld met de code", new URL(plain.page.url()).pathname === "/zittingen", plain.page.url());
  await plain.context.close();
}

(async () => {
  require("node:fs").mkdirSync(out, { recursive: true });
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars"] });
  try {
    const own = await person(browser);
    await own.signIn();
    await without(browser, await withKey(own));
    await pages.judge(report);
  } finally {
    await browser.close();
  }
  for (const fault of report.faults) console.log(`FOUT ${fault}`);
  console.log(`sleutels: ${report.passed} passed, ${report.faults.length} failed`);
  process.exitCode = report.faults.length ? 1 : 0;
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
