// Makes contact sheets of the pictures that a walk left, small enough to keep with the docs.
// Usage: node sheet.cjs PICTURES OUT
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { chromium } = require("playwright-core");

const [pictures, out] = process.argv.slice(2);
if (!pictures || !out) {
  console.error("Gebruik: node sheet.cjs AFDRUKKEN UITVOER");
  process.exit(1);
}
/** Sheets: title and which pictures stand on it. */
const SHEETS = [
  ["rechter", /^rechter-(?!concept-|lezen-).*-1280-light\.jpg$/],
  ["concepten", /^rechter-(concept|lezen)-.*-1280-light\.jpg$/],
  ["uitleg", /^(griffier|rechter|advocaat-2)-(overzicht-)?uitleg.*-1280-light\.jpg$/],
  ["griffier", /^griffier-.*-1280-light\.jpg$/],
  ["advocaat", /^advocaat-1-.*-1280-light\.jpg$/],
  ["anderen", /^(ketenpartner|toezichthouder|beheerder|bezoeker)-.*-1280-light\.jpg$/],
  ["smal", /^(rechter-(overzicht|bevindingen|conflicten|tijdlijn)|advocaat-1-veiligheidsinformatie)-390-light\.jpg$/],
  ["donker", /^rechter-(overzicht|bevindingen|conflicten|tijdlijn)-1280-dark\.jpg$/],
];
const STYLE = `body{margin:12px;font:13px sans-serif;display:grid;grid-template-columns:repeat(4,300px);gap:14px;background:#fff}
figure{margin:0;border:1px solid #bbb}figcaption{padding:4px 6px;background:#eee}
div{height:380px;overflow:hidden}img{width:100%;display:block}`;

(async () => {
  fs.mkdirSync(out, { recursive: true });
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"] });
  const page = await browser.newPage({ viewport: { width: 1282, height: 800 } });
  const lines = ["# Schermen", "", "Gemaakt met `.ci/schermen` van de afdrukken van de laatste rondgang (`.ci/browser`).", ""];
  for (const [title, wanted] of SHEETS) {
    const files = fs.readdirSync(pictures).filter((name) => wanted.test(name)).sort();
    if (!files.length) throw new Error(`geen afdrukken voor ${title}: voer eerst .ci/browser uit`);
    const source = (name) => `data:image/jpeg;base64,${fs.readFileSync(path.join(pictures, name)).toString("base64")}`;
    const figures = files.map((name) => `<figure><figcaption>${name.replace(/-(1280|390)-(light|dark)\.jpg$/, "")}</figcaption><div><img src="${source(name)}"></div></figure>`);
    await page.setContent(`<style>${STYLE}</style>${figures.join("")}`, { waitUntil: "load" });
    await page.screenshot({ path: path.join(out, `${title}.jpg`), type: "jpeg", quality: 55, fullPage: true });
    lines.push(`## ${title[0].toUpperCase()}${title.slice(1)}`, "", `![Schermen: ${title}](schermen/${title}.jpg)`, "");
  }
  fs.writeFileSync(`${out}.md`, lines.join("\n"));
  await browser.close();
})();
