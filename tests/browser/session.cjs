// What is typed survives: the warning before a session ends, keeping while one writes, the warning on leaving,
// and the button that does the same without scripts.
"use strict";

const WORDS = "Nog niet uitgeschreven overweging.";

/** The clock that is moved by hand and the one that runs may cross, so that the page looks a second later: until it has. */
async function warned(page, dialog) {
  for (let second = 0; second < 10 && !(await dialog.isVisible()); second += 1) {
    await page.clock.fastForward(1000);
    await page.waitForTimeout(300);
  }
  await dialog.waitFor({ state: "visible", timeout: 5_000 });
}

/** Waits until the page says that it kept what was typed. */
const keptLine = (page) => page.locator("[data-stand]", { hasText: "Bewaard om" }).waitFor({ timeout: 15_000 });

async function session(desk, report) {
  const at = await desk("familierechter");
  const place = await at.case();
  const form = `${place}/oordeel?over=nl-gezag-omgang/NL5%5Bvader%5D`;
  const { page } = at;

  // Keeping while one writes; what was kept is offered, and nothing is recorded.
  await at.open(form);
  await page.locator("#overweging").pressSequentially(WORDS);
  await keptLine(page);
  await at.inspect("oordeel-bewaard", { unlinked: true });
  await at.open(form);
  report.check("bewaren: de tekst is aangeboden, niet ingevuld", (await page.locator("#overweging").inputValue()) === "" && (await page.locator("text=Verder waar u was").count()) === 1, page.url());
  await at.inspect("oordeel-aangeboden", { unlinked: true });
  await at.click(page.locator("a", { hasText: "Verder waar u was" }));
  report.check("bewaren: verder waar men was", (await page.locator("#overweging").inputValue()) === WORDS, page.url());
  await at.inspect("oordeel-hervat", { unlinked: true });
  await at.visit("overzicht-onaf", place);

  // Leaving with something that is not kept yet asks first, and so does not lose it.
  await at.open(`${form}&hervat=ja`);
  await page.locator("#overweging").pressSequentially("x");
  let asked = false;
  page.once("dialog", (dialog) => { asked = dialog.type() === "beforeunload"; dialog.dismiss(); });
  await page.evaluate(() => { location.href = "/zaken"; });
  await page.waitForTimeout(500);
  report.check("bewaren: wie weggaat wordt gewaarschuwd", asked && page.url().includes("/oordeel"), page.url());
  await keptLine(page);

  // The warning: two minutes before the end, on top, with the keyboard on the way to stay.
  let left = 100;
  let prolonged = 0;
  await page.route("**/sessie", (route) => {
    if (route.request().method() === "POST") { prolonged += 1; left = 900; }
    return route.request().method() === "POST" ? route.continue() : route.fulfill({ contentType: "application/json", body: JSON.stringify({ seconden: left }) });
  });
  await page.clock.install();
  await at.open(form);
  await page.clock.fastForward("14:00");
  const dialog = page.locator("dialog#blijven");
  await warned(page, dialog);
  const focused = () => page.evaluate(() => document.activeElement.textContent.trim());
  report.check("sessie: de waarschuwing zegt hoe lang nog", (await dialog.textContent()).includes("Over 2 minuten is uw sessie voorbij"), await dialog.textContent());
  report.check("sessie: het toetsenbord staat op blijven", (await focused()) === "Aangemeld blijven", await focused());
  await at.inspect("sessie-waarschuwing", { unlinked: true });
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "hidden", timeout: 5_000 });
  for (let wait = 0; wait < 50 && prolonged === 0; wait += 1) await new Promise((done) => setTimeout(done, 100));
  report.check("sessie: blijven verlengt de sessie", prolonged === 1, `${prolonged} keer verlengd`);
  // Said before the clock moves: the page asks while it moves, and must not be told the old time.
  left = 100;
  await page.clock.fastForward("14:00");
  await page.clock.fastForward("01:00");
  await warned(page, dialog);
  left = 0;
  await page.clock.fastForward("02:30");
  await page.waitForURL(/aanmelden|zaken/, { timeout: 10_000 });
  report.check("sessie: aan het einde is niets van de zaak te zien", !(await page.locator("html").innerHTML()).includes(WORDS), page.url());
  await at.close();
}

/** The button does the same without scripts. */
async function sessionWithoutScripts(desk, report) {
  const at = await desk("familierechter", { javaScriptEnabled: false });
  const place = await at.case();
  const form = `${place}/oordeel?over=nl-gezag-omgang/NL5%5Bmoeder%5D`;
  await at.open(form);
  await at.page.fill("#overweging", WORDS);
  await at.click(at.page.locator("button[value=bewaren]"));
  await at.click(at.page.locator("a", { hasText: "Verder waar u was" }));
  report.check("bewaren zonder scripts", (await at.page.locator("#overweging").inputValue()) === WORDS, at.page.url());
  await at.click(at.page.locator("button[value=weggooien]"));
  report.check("weggooien zonder scripts", (await at.page.locator("text=Verder waar u was").count()) === 0 && (await at.page.locator("#overweging").inputValue()) === "", at.page.url());
  await at.click(at.page.locator("nav a", { hasText: "Account" }));
  await at.click(at.page.locator("main button", { hasText: "Aangemeld blijven" }));
  report.check("aangemeld blijven zonder scripts", at.page.url().endsWith("/account"), at.page.url());
  await at.close();
}

module.exports = { session, sessionWithoutScripts };
