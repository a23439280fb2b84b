// Someone of an advocate's office: let in by the advocate, at work in the advocate's name, and out again without scripts.
"use strict";

async function office(desk, report) {
  const giveTo = (at, day) => at.page.fill("#gebruikersnaam", "medewerker").then(() => at.page.fill("#tot_en_met", day));
  const soon = new Date(Date.now() + 14 * 24 * 3600 * 1000).toISOString().slice(0, 10);
  const press = (at, value) => at.click(at.page.locator(`main button[value=${value}]`));

  const advocate = await desk("advocaat-1");
  await advocate.visit("medewerkers", "/medewerkers");
  await press(advocate, "nakijken");
  await advocate.inspect("medewerkers-fout");
  await giveTo(advocate, soon);
  await press(advocate, "nakijken");
  report.check("medewerkers: eerst nakijken, dan pas geven", (await advocate.page.locator("main").textContent()).includes("Demo medewerker"), advocate.page.url());
  await advocate.inspect("medewerkers-nakijken", { unlinked: true });
  await press(advocate, "geven");
  await advocate.inspect("medewerkers-gegeven");
  await advocate.close();

  const other = await desk("advocaat-2");
  await other.visit("medewerkers-geen", "/medewerkers");
  await giveTo(other, soon);
  await press(other, "nakijken");
  report.check("medewerkers: niet voor twee kanten van een zaak", (await other.page.locator(".error-summary").textContent()).includes("andere partij"), other.page.url());
  await other.close();

  const helper = await desk("medewerker");
  const place = await helper.case();
  await helper.inspect("zaken");
  for (const [name, part] of [["overzicht", ""], ["tijdlijn", "/tijdlijn"], ["bundel", "/bundel"], ["veiligheidsinformatie", "/veiligheidsinformatie"]]) {
    await helper.visit(name, place + part, name === "tijdlijn" ? { longest: 9000 } : {});
    report.check(`medewerker: ${name} zegt namens wie`, (await helper.page.locator("main").textContent()).includes("U werkt in deze zaak namens Demo advocaat"), helper.page.url());
  }
  await helper.visit("verboden", "/medewerkers", { status: 403, unlinked: true });
  await helper.close();

  const [plain, out] = [await desk("advocaat-1", { javaScriptEnabled: false }), await desk("medewerker", { javaScriptEnabled: false })];
  await plain.open("/medewerkers");
  await press(plain, "beeindigen");
  await out.open(place, 404);
  await giveTo(plain, soon);
  await press(plain, "nakijken");
  await press(plain, "geven");
  await out.open(place);
  report.check("medewerkers: zonder scripts eruit en er weer in", (await out.page.locator("h1").textContent()).startsWith("Zaak"), out.page.url());
  await plain.close();
  await out.close();
}

module.exports = { office };
