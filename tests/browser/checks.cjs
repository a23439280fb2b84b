// What is checked on every page, in every state: accessibility, reflow, plain words, living links.
"use strict";
const fs = require("node:fs");
const path = require("node:path");

const axeSource = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const SCREENS = [1280, 390, 360].flatMap((width) => ["light", "dark"].map((scheme) => ({ width, scheme })));
/** Screens of which a picture is kept. */
const PICTURED = new Set(["1280-light", "390-light", "1280-dark"]);
/** Rules per screen: colours differ by scheme, the rest by width and by what is folded open. */
const RULES = { "1280-light": TAGS, "1280-dark": { type: "rule", values: ["color-contrast"] }, "390-light": TAGS };
/** A picture is cut off here: a taller one costs seconds and nobody looks at it in one piece. */
const TALLEST = 6000;
/** Longest page when nothing is folded open, in CSS pixels on a wide screen. */
const LONGEST = 5200;
/** Heaviest page as sent, in bytes. */
const HEAVIEST = 100_000;
/** Words that Dutch really doubles. */
const DOUBLED = new Set(["die", "of", "dat", "de", "ja", "nee", "u"]);

class Report {
  constructor(out) {
    this.out = out;
    this.passed = 0;
    this.faults = [];
    this.links = new Map();
    /** Pages and states that were looked at, and what axe found there. */
    this.pages = new Set();
    this.violations = [];
  }

  /** What axe says of one state of a page. */
  accessible(name, violations) {
    this.check(`${name} toegankelijk`, violations.length === 0, violations.join("; "));
    this.violations.push(...violations.map((violation) => `${name}: ${violation}`));
  }

  /** One thing that must hold. */
  check(name, holds, why) {
    if (holds) this.passed += 1;
    else this.faults.push(`${name}: ${why}`);
  }

  /** Links seen on a page, to be followed once at the end by who saw them. */
  saw(role, page, links) {
    for (const link of links) {
      const key = `${role} ${link}`;
      if (!this.links.has(key)) this.links.set(key, page);
    }
  }
}

// The site allows no script from elsewhere, so axe is put in through the debugger, not through the page.
async function axe(page, rules) {
  const session = await page.context().newCDPSession(page);
  const options = JSON.stringify({ runOnly: rules, resultTypes: ["violations"] });
  const found = "r.violations.map((v) => v.id + ' (' + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(' | ') + ')')";
  try {
    await session.send("Runtime.evaluate", { expression: axeSource });
    const expression = `axe.run(document, ${options}).then((r) => JSON.stringify(${found}))`;
    const answer = await session.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    if (answer.exceptionDetails) return [`axe: ${answer.exceptionDetails.text}`];
    return JSON.parse(answer.result.value);
  } finally {
    await session.detach();
  }
}

/** Text as a reader sees it, links, ids and measures of the page as it now is. */
function look(page) {
  return page.evaluate(() => {
    const root = document.documentElement;
    const copy = document.querySelector("main").cloneNode(true);
    copy.querySelectorAll("textarea, option, .source, .bijlage, [lang=en]").forEach((node) => node.remove());
    copy.querySelectorAll("code").forEach((node) => node.replaceWith("code"));
    const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
    return {
      wide: root.scrollWidth > root.clientWidth + 1,
      height: root.scrollHeight,
      text: [...copy.querySelectorAll("h1, h2, h3, h4, p, li, dt, dd, td, th, summary, legend, label, caption")]
        .map((node) => [...node.childNodes].map((child) => (child.nodeType === 3 || /^(A|B|EM|STRONG|SPAN|SMALL)$/.test(child.nodeName) ? child.textContent : "\n")).join(""))
        .join("\n"),
      twice: ids.filter((id, place) => ids.indexOf(id) !== place),
      lost: [...document.querySelectorAll("a[href^='#']")].map((link) => decodeURIComponent(link.hash.slice(1))).filter((id) => id && !document.getElementById(id)),
      links: [...document.querySelectorAll("a[href]")].map((link) => link.href).filter((href) => href.startsWith(location.origin) && !href.includes("/documenten/") && !href.endsWith(".ics") && !href.endsWith("/weg")),
      empty: [...document.querySelectorAll("main h2, main h3, main dd, main th, main summary, main legend")].filter((node) => !node.textContent.trim()).map((node) => node.outerHTML.slice(0, 80)),
      unnamed: document.title.trim() === "" || !document.querySelector("h1") || document.querySelectorAll("h1").length !== 1,
    };
  });
}

/** Raw codes, English and stammering in the text of a page; papers rightly quote English titles and names of the data. */
function badWords(text, { quotesData } = {}) {
  const found = [];
  const patterns = [
    [/\b[a-z0-9]+(?:-[a-z0-9]+)*\/[A-Z]{1,4}\d+\b/g, "kenmerk van een criterium"],
    [/\b[a-z]+_[a-z_]+\b/g, "kenmerk uit de gegevens"],
    [/\b(?:the|and|with|unknown|error|submit|dashboard|deadline|update)\b/gi, "Engels"],
    [/\b(?:undefined|null|NaN|true|false|\[object \w+\])\b/g, "waarde uit het programma"],
    [/\{\{|\}\}/g, "sjabloonteken"],
    [/[;:,] *[;,.]|\.\.(?!\.)|\( *\)/g, "leesteken"],
  ];
  for (const [pattern, what] of quotesData ? patterns.slice(3) : patterns) for (const match of text.match(pattern) || []) found.push(`${what} “${match}”`);
  for (const match of text.matchAll(/(?<![\p{L}-])(\p{L}+) \1(?![\p{L}-])/giu)) {
    if (!DOUBLED.has(match[1].toLowerCase())) found.push(`dubbel woord “${match[0]}”`);
  }
  return [...new Set(found)];
}

/** How much of the page moved by itself since it was opened, as browsers count it. */
function moved(page) {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        let sum = 0;
        const count = (entries) => entries.filter((entry) => !entry.hadRecentInput).forEach((entry) => (sum += entry.value));
        new PerformanceObserver((list) => count(list.getEntries())).observe({ type: "layout-shift", buffered: true });
        // What was seen before is handed over in a task of its own.
        requestAnimationFrame(() => setTimeout(() => resolve(sum), 50));
      }),
  );
}

/** Looks at a page on every screen, folded and unfolded, and keeps pictures. */
async function inspect(report, page, role, name, options = {}) {
  const called = `${role}-${name}`;
  report.pages.add(called);
  const shift = await moved(page);
  // What follows from what one typed may move; what moves by itself may not.
  if (!options.typed) report.check(`${called} staat stil`, shift < 0.001, `verschoven: ${shift}`);
  for (const { width, scheme } of SCREENS) {
    const screen = `${width}-${scheme}`;
    await page.setViewportSize({ width, height: width === 1280 ? 900 : 740 });
    await page.emulateMedia({ colorScheme: scheme });
    const seen = await look(page);
    report.check(`${called} ${screen} past op het scherm`, !seen.wide, "de pagina is breder dan het scherm");
    if (PICTURED.has(screen)) {
      await picture(report, page, `${called}-${screen}`, seen.height);
    }
    if (screen === "1280-light") {
      const words = badWords(seen.text, options);
      report.check(`${called} in gewone woorden`, words.length === 0, words.slice(0, 8).join(", "));
      report.check(`${called} ids`, seen.twice.length === 0, `dubbel: ${seen.twice.slice(0, 5).join(", ")}`);
      report.check(`${called} verwijzingen`, seen.lost.length === 0, `geen doel voor #${seen.lost.slice(0, 5).join(", #")}`);
      report.check(`${called} koppen`, seen.empty.length === 0 && !seen.unnamed, `leeg: ${seen.empty.join(" ")}`);
      const most = options.longest || LONGEST;
      report.check(`${called} lengte`, seen.height <= most, `${seen.height} beeldpunten hoog, hooguit ${most}`);
      if (!options.unlinked) report.saw(role, called, seen.links);
    }
    if (RULES[screen]) {
      const violations = await axe(page, RULES[screen]);
      report.accessible(`${called} ${screen}`, violations);
    }
  }
  await unfolded(report, page, called, options);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });
}

async function picture(report, page, name, height) {
  // A window as tall as the picture: a full-page picture would have the browser paint all of a long page.
  const before = page.viewportSize();
  await page.setViewportSize({ width: before.width, height: Math.min(height, TALLEST) });
  await page.screenshot({ path: path.join(report.out, `${name}.jpg`), type: "jpeg", quality: 70, animations: "disabled", timeout: 60_000 });
  await page.setViewportSize(before);
}

/** The same page with everything folded open, on the narrowest screen in the dark, which it is left on. */
async function unfolded(report, page, called, options) {
  const folds = await page.evaluate(() => {
    const all = document.querySelectorAll("details:not([open])");
    all.forEach((fold) => fold.setAttribute("open", ""));
    return all.length;
  });
  if (!folds) return;
  const { wide, text, height } = await look(page);
  const words = badWords(text, options);
  report.check(`${called} uitgeklapt smal`, !wide, "de pagina is breder dan het scherm");
  report.check(`${called} uitgeklapt in gewone woorden`, words.length === 0, words.slice(0, 8).join(", "));
  await picture(report, page, `${called}-uitgeklapt`, height);
  const violations = await axe(page, TAGS);
  report.accessible(`${called} uitgeklapt`, violations);
}

module.exports = { Report, inspect, HEAVIEST, SCREENS };
