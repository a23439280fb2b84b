// An advocate answers the questions about safety page by page, makes a mistake, stops, goes on, looks and hands in.
"use strict";

async function safety(at, report) {
  const { page } = at;
  const on = () => at.click(page.locator("button[value=verder]"));
  await at.click(page.locator("main a.button", { hasText: "Beginnen" }));
  report.check(`${at.role}: eerst het adres`, page.url().endsWith("/adres"), page.url());
  await at.inspect("vraag-adres");
  await page.check("input[name=adres_afschermen][value=true]");
  await on();
  await page.selectOption("select[name='zorgen/0/soort']", "threat");
  await on();
  report.check(`${at.role}: wat ontbreekt staat bij het veld`, (await page.locator(".error-summary a[href='#zorgen/0/omschrijving']").count()) === 1, page.url());
  await at.inspect("vraag-gebeurtenissen-fout", { unlinked: true });
  await page.fill("textarea[name='zorgen/0/omschrijving']", "Er is opnieuw gedreigd.");
  await at.click(page.locator("button[value=nog]"));
  await at.inspect("vraag-gebeurtenissen");
  await at.click(page.locator("button[value=bewaren]"));
  await at.inspect("veiligheidsinformatie-begonnen");
  await at.click(page.locator("main a.button", { hasText: "Verder" }));
  report.check(`${at.role}: verder met de eerste open vraag`, page.url().endsWith("/maatregelen"), page.url());
  await page.fill("textarea[name=maatregelen]", "Contactverbod tot 1 maart");
  await on();
  await page.check("input[name=apart_horen][value=true]");
  await at.inspect("vraag-zitting");
  await on();
  let statements = 0;
  while (!page.url().endsWith("/controleren")) {
    if (statements === 0) await at.inspect("vraag-uitspraak");
    if (statements === 0) await page.check("input[name=antwoord][value=disputes]");
    statements += 1;
    await on();
  }
  report.check(`${at.role}: uitspraken van de ander, één voor één`, statements >= 1, `${statements} uitspraken`);
  await at.inspect("controleren");
  await at.click(page.locator("main .nakijken a").first());
  await page.check("input[name=adres_afschermen][value=false]");
  await on();
  report.check(`${at.role}: na wijzigen terug bij controleren`, page.url().endsWith("/controleren") && (await page.locator("main").textContent()).includes("Nee"), page.url());
  await at.click(page.locator("main form[action$=veiligheidsinformatie] button[type=submit]"));
  report.check(`${at.role} krijgt een ontvangstbewijs`, (await page.locator(".receipt code").count()) === 2, "geen ontvangstnummer");
  await at.inspect("veiligheidsinformatie-ontvangst");
}

module.exports = { safety };
