// Whole tasks that must work for who has no mouse, or no scripts.
"use strict";
const fs = require("node:fs");
const path = require("node:path");

const SCREEN = { viewport: { width: 1280, height: 900 }, locale: "nl-NL", acceptDownloads: true };

/** Moves with Tab until the focused element has this text or id; the focus must be seen all the way. */
async function tabTo(page, report, wanted) {
  for (let step = 0; step < 300; step += 1) {
    await page.keyboard.press("Tab");
    const found = await page.evaluate((text) => {
      const now = document.activeElement;
      if (!now || now === document.body) return { is: false, seen: true, html: "" };
      const style = getComputedStyle(now);
      return {
        is: now.id === text || now.value === text || now.textContent.trim().startsWith(text),
        seen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        html: now.outerHTML.slice(0, 100),
      };
    }, wanted);
    if (!found.seen) report.check("toetsenbord: de focus is te zien", false, found.html);
    if (found.is) return;
  }
  throw new Error(`met Tab niet te bereiken: ${wanted}`);
}

/** A judge signs in, reads the clashes, makes an omgang draft, reads it and takes it out as a PDF: keyboard only. */
async function keyboardTask(browser, base, password, report) {
  const context = await browser.newContext(SCREEN);
  const page = await context.newPage();
  const enter = () => Promise.all([page.waitForNavigation({ waitUntil: "load" }), page.keyboard.press("Enter")]);
  const tab = (wanted) => tabTo(page, report, wanted);
  await page.goto(`${base}/`);
  await tab("gebruikersnaam");
  await page.keyboard.type("rechter");
  await tab("wachtwoord");
  await page.keyboard.type(password);
  await enter();
  await tab("combi");
  await enter();
  await tab("Conflicten");
  await enter();
  await tab("Concepten");
  await enter();
  await tab("soort-gezag");
  await page.keyboard.press("ArrowDown");
  await tab("Concept maken");
  await enter();
  report.check("toetsenbord: concept gemaakt", (await page.locator("h1").textContent()).includes("Omgang"), page.url());
  await tab("Lezen");
  await enter();
  await tab("PDF downloaden");
  const [file] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  const target = path.join(report.out, file.suggestedFilename());
  await file.saveAs(target);
  report.check("toetsenbord: pdf opgehaald", fs.readFileSync(target).subarray(0, 5).toString() === "%PDF-", target);
  await context.close();
}

/** An advocate hands in safety information and the clerk reads it, both without scripts. */
async function scriptlessTask(browser, base, password, report) {
  const words = "Zonder scripts ingediend: er is opnieuw gebeld.";
  const open = async (name) => {
    const context = await browser.newContext({ ...SCREEN, javaScriptEnabled: false });
    const page = await context.newPage();
    const click = (selector) => Promise.all([page.waitForNavigation({ waitUntil: "load" }), page.locator(selector).first().click()]);
    await page.goto(`${base}/aanmelden`);
    await page.fill("#gebruikersnaam", name);
    await page.fill("#wachtwoord", password);
    await click("main button[type=submit]");
    await click("main table a");
    return { page, click, close: () => context.close() };
  };
  const advocate = await open("advocaat-1");
  await advocate.click("nav.case a[href$=veiligheidsinformatie]");
  await advocate.click("main a.button");
  await advocate.page.check("input[name=adres_afschermen][value=true]");
  await advocate.click("button[value=verder]");
  await advocate.page.selectOption("select[name='zorgen/0/soort']", "threat");
  await advocate.page.fill("textarea[name='zorgen/0/omschrijving']", words);
  await advocate.click("button[value=bewaren]");
  await advocate.click("main .actions a.button.quiet");
  await advocate.click("main form[action$=veiligheidsinformatie] button[type=submit]");
  report.check("zonder scripts: ontvangstbewijs", (await advocate.page.locator(".receipt").count()) === 1, advocate.page.url());
  await advocate.close();
  const clerk = await open("griffier");
  await clerk.click("nav.case a[href$=inzendingen]");
  report.check("zonder scripts: de griffier leest het", (await clerk.page.locator("main").textContent()).includes(words), "niet gevonden");
  await clerk.close();
}

module.exports = { keyboardTask, scriptlessTask };
