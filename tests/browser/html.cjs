// Every page as it was sent is held against the HTML standard, by the checker of the W3C, without a network.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { execFileSync } = require("node:child_process");

/** Pages as they were sent, each once. */
class Pages {
  constructor(out) {
    this.out = path.join(out, "html");
    this.seen = new Map();
    this.waiting = [];
  }

  /** Keeps what the server sends to a browser as a page, before the browser mends anything in it. */
  listen(page, role, origin = "") {
    page.on("response", (response) => {
      const kind = response.headers()["content-type"] || "";
      // What another site sends along the way is not ours to judge.
      if (!response.url().startsWith(origin) || !response.request().isNavigationRequest() || !kind.startsWith("text/html")) return;
      const body = response.text().catch(() => null);
      this.waiting.push(body.then((text) => text && this.keep(text, `${role} ${response.request().method()} ${new URL(response.url()).pathname} ${response.status()}`)));
    });
  }

  keep(text, from) {
    // The same page with another form token is the same page.
    const same = text.replace(/\b[0-9a-f]{64}\b/g, "");
    if (!this.seen.has(same)) this.seen.set(same, { text, from });
  }

  /** Lets every page be judged; each fault is one of the walk. */
  async judge(report) {
    await Promise.all(this.waiting);
    fs.mkdirSync(this.out, { recursive: true });
    const names = new Map();
    [...this.seen.values()].forEach(({ text, from }, number) => {
      const name = `${String(number).padStart(4, "0")}.html`;
      fs.writeFileSync(path.join(this.out, name), text);
      names.set(name, from);
    });
    const answer = execFileSync("java", ["-jar", require("vnu-jar"), "--format", "json", "--stdout", "--exit-zero-always", this.out], { encoding: "utf8", maxBuffer: 256 * 1024 * 1024 });
    const faults = new Map();
    for (const message of JSON.parse(answer).messages) {
      // A warning counts; a remark without one only says where something else stands.
      if (message.type !== "error" && message.subType !== "warning") continue;
      const name = path.basename(message.url);
      const told = `${message.message} (${(message.extract || "").replace(/\s+/g, " ").trim()})`;
      if (!faults.has(name)) faults.set(name, []);
      faults.get(name).push(told);
    }
    for (const [name, from] of names) {
      const found = faults.get(name) || [];
      report.check(`${from} geldige html`, found.length === 0, found.slice(0, 3).join("; "));
    }
    report.check("html: er is iets beoordeeld", names.size > 0, "geen bladzijden");
    console.log(`html: ${names.size} bladzijden beoordeeld, ${faults.size} met gebreken`);
  }
}

module.exports = { Pages };
