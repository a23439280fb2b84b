// A decision is sealed by clerk and judge together; then each reads its explanation in plain language.
"use strict";

const submit = (at) => at.click(at.page.locator("main form[action*=herziening] button[type=submit]"));

/** Takes a step on the page of a document's life. */
async function step(at, life, kind) {
  await at.open(life);
  await at.page.check(`#stap-${kind}`);
  await submit(at);
}

/** The clerk fills in everything that is open, on one page and as one change. */
async function fillIn(at, life, report) {
  await at.open(life);
  await at.click(at.page.locator("main a.button", { hasText: "Alles op één bladzijde invullen" }));
  const gaps = await at.page.locator("main form textarea").all();
  report.check("invullen: elke plek die openstaat", gaps.length > 3, `${gaps.length} plekken`);
  await at.inspect("invullen", { quotesData: true });
  await at.click(at.page.locator("main button[value=vastleggen]"));
  await at.inspect("invullen-niets", { quotesData: true, unlinked: true });
  for (const gap of await at.page.locator("main form textarea").all()) await gap.fill("zoals op de zitting besproken");
  await at.click(at.page.locator("main button[value=vastleggen]"));
  const text = await at.page.locator("main").textContent();
  report.check("invullen: één wijziging, niets staat nog open in de tekst", new URL(at.page.url()).pathname === life && !text.includes("moet nog worden ingevuld"), text.slice(0, 900));
}

async function explained(desk, report) {
  const [clerk, judge] = [await desk("griffier"), await desk("rechter")];
  const place = await clerk.case();
  await clerk.open(`${place}/concepten`);
  await clerk.page.check("#soort-gezag");
  await clerk.click(clerk.page.locator("main form[action$=concepten] button[type=submit]"));
  await clerk.click(clerk.page.locator("main a.button", { hasText: "Invullen of aanbieden" }));
  const life = new URL(clerk.page.url()).pathname;
  await fillIn(clerk, life, report);
  await step(clerk, life, "aangeboden");
  await step(judge, life, "goedgekeurd");
  await clerk.open(life);
  const told = await clerk.page.locator("section[aria-labelledby=lezers]").textContent();
  report.check("verzegelen: wie het dan leest", told.includes("de beslissing, en een uitleg daarbij"), told);
  await clerk.inspect("behandeling-voor-verzegelen", { quotesData: true });
  await step(clerk, life, "verzegeld");
  await clerk.inspect("behandeling-verzegeld", { quotesData: true });
  await clerk.click(clerk.page.locator("main a.button", { hasText: "Uitleg in gewone taal" }));
  const list = await clerk.page.locator("main").textContent();
  report.check("uitleg: leesniveau", list.includes("Leesniveau: voldoet.") && !list.includes("voldoet niet"), list.slice(0, 400));
  report.check("uitleg: waarom er geen is", list.includes("jonger dan 12 jaar"), list.slice(0, 400));
  await clerk.inspect("uitleg", { quotesData: true });
  await clerk.click(clerk.page.locator("main .card a.button", { hasText: "Lezen" }));
  await clerk.inspect("uitleg-partij", { quotesData: true });
  const papers = life.replace("/herziening/", "/uitleg/");
  await judge.open(`${papers}/kind-1`);
  report.check("uitleg: de rechter beslist over het kind", (await judge.page.locator("main .notice").textContent()).includes("De rechter bepaalt"), judge.page.url());
  await judge.inspect("uitleg-kind", { quotesData: true });
  await clerk.close();
  await judge.close();
  const advocate = await desk("advocaat-2");
  await advocate.visit("overzicht-uitleg", place);
  await advocate.click(advocate.page.locator("main section[aria-labelledby=uitleg] li a", { hasText: "Beslissing lezen" }));
  await advocate.inspect("beslissing-eigen", { longest: 30_000, quotesData: true });
  await advocate.click(advocate.page.locator("main a.button", { hasText: "Terug naar de zaak" }));
  await advocate.click(advocate.page.locator("main section[aria-labelledby=uitleg] li a", { hasText: "Uitleg lezen" }));
  report.check("uitleg: alleen voor de eigen cliënt", advocate.page.url().includes("/uitleg/"), advocate.page.url());
  await advocate.inspect("uitleg-eigen", { quotesData: true });
  const other = new URL(advocate.page.url()).pathname.replace(/partij-(\d)$/, (_, number) => `partij-${3 - Number(number)}`);
  await advocate.open(other, 404);
  await advocate.close();
}

module.exports = { explained };
