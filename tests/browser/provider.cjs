// Who signs in otherwise than with a name and a password: at a provider, and a system of a partner with its key.
// Signs in by way of a real provider of OpenID Connect, with a browser, with and without scripts. The provider runs
// here, under another name than the site, so that the browser takes the two for different sites.
// Usage: node provider.cjs BASE PORT SECRET PASSWORD OUT
"use strict";
const { constants, generateKeyPairSync, randomBytes, randomUUID, sign } = require("node:crypto");
const { pathToFileURL } = require("node:url");
const { chromium } = require("playwright-core");
const { Report, inspect } = require("./checks.cjs");
const { Pages } = require("./html.cjs");

const [base, port, secret, password, out] = process.argv.slice(2);
const issuer = `http://localhost:${port}`;
const SUBJECT = "kenmerk-van-de-griffier";
const report = new Report(out);
const pages = new Pages(out);
let browser;
let alter = null;

async function startProvider() {
  const { Provider } = await import(pathToFileURL(require.resolve("oidc-provider")));
  const key = { ...generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" }), alg: "RS256", use: "sig", kid: "proef" };
  const provider = new Provider(issuer, {
    clients: [{
      client_id: "combizitting", client_secret: secret, token_endpoint_auth_method: "client_secret_basic",
      redirect_uris: [`${base}/aanmelden/aanbieder/terug`], post_logout_redirect_uris: [`${base}/aanmelden`],
      response_types: ["code"], grant_types: ["authorization_code"],
    }],
    cookies: { keys: [randomBytes(32).toString("hex")] },
    jwks: { keys: [key] },
    pkce: { required: () => true },
  });
  // What is changed on the way back: a browser asks nobody before it follows a redirect, so it is changed here.
  provider.use(async (context, next) => {
    await next();
    const to = context.response.get("location");
    if (!alter || !to?.startsWith(`${base}/aanmelden/aanbieder/terug`)) return;
    const address = new URL(to);
    alter(address.searchParams);
    context.response.set("location", address.href);
  });
  provider.on("server_error", (_, error) => report.check("aanbieder", false, String(error)));
  return new Promise((resolve) => { const server = provider.listen(Number(port), "localhost", () => resolve(server)); });
}

/** A browser of one person. */
async function person(name, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "nl-NL", ...options });
  context.setDefaultTimeout(20_000);
  // The pages of the provider ask for letters elsewhere; nothing here goes out.
  await context.route("https://**", (route) => route.abort());
  const page = await context.newPage();
  const own = { page, context, name };
  own.look = async (what, more = {}) => inspect(report, page, name, what, { unlinked: true, ...more });
  own.click = (locator) => Promise.all([page.waitForNavigation({ waitUntil: "load" }), locator.first().click()]);
  /** At the provider: signs in as this subject, and agrees when that is asked. */
  own.atProvider = async (subject) => {
    await page.waitForURL(`${issuer}/**`);
    await page.fill("input[name=login]", subject);
    await page.fill("input[name=password]", "wat dan ook");
    await own.click(page.locator("button[type=submit]"));
    if (page.url().startsWith(issuer)) await own.click(page.locator("button[type=submit]"));
  };
  own.settled = (where) => page.waitForURL((url) => url.href.startsWith(base) && url.pathname === where, { waitUntil: "load" });
  return own;
}

async function withPassword(name) {
  const own = await person(name);
  pages.listen(own.page, name, base);
  await own.page.goto(`${base}/aanmelden`);
  await own.page.fill("#gebruikersnaam", name);
  await own.page.fill("#wachtwoord", password);
  await own.click(own.page.locator("main button[type=submit]"));
  return own;
}

async function link() {
  const admin = await withPassword("beheerder");
  await admin.page.goto(`${base}/gebruikers`);
  await admin.click(admin.page.locator("main tr", { hasText: "griffier" }).locator("a"));
  const place = admin.page.url();
  await admin.look("aanbieder-koppelen");
  await admin.page.fill("#kenmerk", "met spatie");
  await admin.click(admin.page.locator("button", { hasText: /^Koppelen$/ }));
  await admin.look("aanbieder-kenmerk-fout");
  await admin.page.fill("#kenmerk", SUBJECT);
  await admin.click(admin.page.locator("button", { hasText: /^Koppelen$/ }));
  report.check("koppelen: het kenmerk staat er", (await admin.page.locator("code", { hasText: SUBJECT }).count()) === 1, admin.page.url());
  await admin.look("aanbieder-gekoppeld");
  return { ...admin, place };
}

/** In, back to what was wanted, and out again: here and at the provider. */
async function inAndOut(options, called) {
  const clerk = await person("griffier", options);
  pages.listen(clerk.page, "griffier", base);
  const returns = [];
  clerk.page.on("request", (request) => request.url().includes("/aanbieder/terug?") && returns.push(request.url()));
  await clerk.page.goto(`${base}/account`);
  if (options.javaScriptEnabled !== false) await clerk.look("aanmelden-met-aanbieder");
  await clerk.click(clerk.page.locator("a", { hasText: "Aanmelden bij" }));
  await clerk.atProvider(SUBJECT);
  await clerk.settled("/account");
  report.check(`${called}: aangemeld waar men wilde zijn`, (await clerk.page.locator("header button", { hasText: "Afmelden" }).count()) === 1, clerk.page.url());
  const cookies = await clerk.context.cookies(base);
  report.check(`${called}: één cookie, alleen voor deze site`, cookies.length === 1 && cookies[0].sameSite === "Strict" && cookies[0].httpOnly, JSON.stringify(cookies.map((cookie) => cookie.name)));
  report.check(`${called}: één keer terug`, returns.length === 1, String(returns.length));
  await clerk.click(clerk.page.locator("header button", { hasText: "Afmelden" }));
  await clerk.page.waitForURL(`${issuer}/**`);
  await clerk.click(clerk.page.locator("button[value=yes]"));
  await clerk.settled("/aanmelden");
  await clerk.page.goto(`${base}/zaken`);
  report.check(`${called}: afgemeld`, new URL(clerk.page.url()).pathname === "/aanmelden", clerk.page.url());
  // The same return again, in the same browser: nobody gets in.
  const again = await clerk.page.goto(returns[0]);
  report.check(`${called}: dezelfde terugkeer geldt niet nog eens`, again.status() === 401, String(again.status()));
  await clerk.page.goto(`${base}/aanmelden`);
  await clerk.click(clerk.page.locator("a", { hasText: "Aanmelden bij" }));
  report.check(`${called}: ook bij de aanbieder afgemeld`, (await clerk.page.locator("input[name=login]").count()) === 1, clerk.page.url());
  await clerk.context.close();
}

/** A return with something changed on the way is refused, and nothing of the session is there. */
async function changed() {
  for (const [what, change] of [
    ["state", (query) => query.set("state", "verzonnen")],
    ["aanbieder", (query) => query.set("iss", "https://elders.example")],
    ["code", (query) => query.set("code", "verzonnen")],
  ]) {
    const clerk = await person("griffier");
    alter = change;
    await clerk.page.goto(`${base}/aanmelden/aanbieder`);
    await clerk.atProvider(SUBJECT);
    await clerk.page.waitForLoadState("load");
    const heading = (await clerk.page.locator("h1").textContent()).trim();
    report.check(`gewijzigd ${what}: geweigerd`, heading === "Aanmelden is niet gelukt", `${heading} ${clerk.page.url()}`);
    report.check(`gewijzigd ${what}: geen sessie`, (await clerk.context.cookies(base)).every((cookie) => cookie.name !== "sessie"), "er is een sessie");
    await clerk.context.close();
  }
  alter = null;
}

/** Who is linked to nobody, and whose account was closed, see the same page. */
async function refused(admin) {
  const texts = [];
  for (const [subject, called] of [["kenmerk-van-niemand", "onbekend"], [SUBJECT, "gesloten"]]) {
    if (called === "gesloten") {
      await admin.page.goto(admin.place);
      await admin.page.locator("#sluiten + details summary, section[aria-labelledby=sluiten] summary").first().click();
      await admin.click(admin.page.locator("button", { hasText: "Account van" }));
    }
    const visitor = await person("bezoeker");
    pages.listen(visitor.page, "bezoeker", base);
    await visitor.page.goto(`${base}/aanmelden/aanbieder`);
    await visitor.atProvider(subject);
    await visitor.settled("/aanmelden/aanbieder/terug");
    if (called === "onbekend") await visitor.look("aanmelden-niet-gelukt");
    texts.push((await visitor.page.locator("main").innerText()).replace(/[0-9a-f-]{36}/, ""));
    await visitor.context.close();
  }
  report.check("geweigerd: dezelfde bladzijde", texts[0] === texts[1] && texts[0].includes("U bent niet aangemeld"), texts.join(" | "));
}

/** An assertion as a system of a partner makes it, with PS256. */
function assertion(key) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: "ketenpartner", sub: "ketenpartner", aud: `${base}/v1/tokens`, iat: now, exp: now + 60, jti: randomUUID() };
  const text = `${part({ alg: "PS256", typ: "JWT" })}.${part(claims)}`;
  const mark = sign("sha256", Buffer.from(text), { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 });
  return `${text}.${mark.toString("base64url")}`;
}

/** The system of a partner: its key is registered on a page, it gets a token, and withdrawing the key ends that. */
async function system(admin) {
  const { page } = admin;
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  await page.goto(`${base}/gebruikers`);
  await admin.click(page.locator("main tr", { hasText: "ketenpartner" }).locator("a"));
  await admin.look("sleutel-geen", { quotesData: true });
  const register = () => admin.click(page.locator("button", { hasText: "Sleutel vastleggen" }));
  await page.fill("#sleutel", JSON.stringify(privateKey.export({ format: "jwk" })));
  await register();
  report.check("systeem: een geheime sleutel wordt geweigerd en niet herhaald", (await page.locator("#sleutel-fout").count()) === 1 && (await page.inputValue("#sleutel")) === "", page.url());
  await admin.look("sleutel-fout", { quotesData: true });
  await page.fill("#sleutel", JSON.stringify(publicKey.export({ format: "jwk" })));
  await register();
  await admin.look("sleutel-vastgelegd", { quotesData: true });
  const ask = async () => {
    const fields = { grant_type: "client_credentials", client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer", client_assertion: assertion(privateKey) };
    const answer = await fetch(`${base}/v1/tokens`, { method: "POST", body: new URLSearchParams(fields) });
    return { status: answer.status, token: (await answer.json()).access_token };
  };
  const deliveries = async (token) => (await fetch(`${base}/v1/leveringen`, { headers: { authorization: `Bearer ${token}` } })).status;
  const got = await ask();
  report.check("systeem: een token dat telt", got.status === 200 && (await deliveries(got.token)) === 200, String(got.status));
  await admin.click(page.locator("button", { hasText: /^Intrekken$/ }));
  await admin.look("sleutel-ingetrokken", { quotesData: true });
  report.check("systeem: ingetrokken is meteen voorbij", (await deliveries(got.token)) === 401 && (await ask()).status === 401, "het telt nog");
}

(async () => {
  require("node:fs").mkdirSync(out, { recursive: true });
  const server = await startProvider();
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars"] });
  try {
    const admin = await link();
    await inAndOut({}, "met scripts");
    await inAndOut({ javaScriptEnabled: false }, "zonder scripts");
    await changed();
    await refused(admin);
    await system(admin);
    const overseer = await withPassword("toezichthouder");
    await overseer.page.goto(`${base}/log`);
    const log = await overseer.page.locator("main table").innerText();
    for (const line of ["Heeft zich aangemeld bij de aanbieder", "hoort bij geen begonnen aanmelding", "het bewijs van de aanbieder klopte niet", "aan niemand gekoppeld", "het account is gesloten"]) {
      report.check(`logboek: ${line}`, log.includes(line), "staat er niet");
    }
    await pages.judge(report);
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
  for (const fault of report.faults) console.log(`FOUT ${fault}`);
  console.log(`aanbieder: ${report.passed} passed, ${report.faults.length} failed`);
  process.exitCode = report.faults.length ? 1 : 0;
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
