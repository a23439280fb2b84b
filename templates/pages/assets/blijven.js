// Warns before the session ends, and keeps long forms as they are written. Everything works without it:
// then the form has its own button, and the server keeps what is sent after the session has ended.
// Nothing is stored in the browser, so that the next user of this computer finds nothing.
// The second part shows what the paper would say while one fills in what is intended; a button does the same.
// The third puts the words of a paragraph ready for who changes it.
"use strict";
(() => {
  const dialog = document.getElementById("blijven");
  if (!dialog || typeof dialog.showModal !== "function") return;
  /** Seconds before the end at which the warning comes, and the pause in writing after which is kept. */
  const WARNING = 120;
  const PAUSE = 3000;
  const LONGEST = 15000;
  const text = document.getElementById("blijven-tekst");
  const forms = [...document.querySelectorAll("form[data-bewaren]")].map((form) => ({ form, line: form.querySelector("[data-stand]"), dirty: false, since: 0, last: 0, busy: null, told: false }));
  let ends = Date.now() + Number(dialog.dataset.seconden) * 1000;
  let leaving = false;
  /** Something was kept before and is not on the page: it is not replaced by what is typed now, unless one asks. */
  const offered = document.querySelector("[data-aanbod]") !== null;

  const post = (address, fields, signal) => fetch(address, { method: "POST", body: new URLSearchParams(fields), redirect: "manual", signal });

  const keep = async (state) => {
    const fields = new URLSearchParams(new FormData(state.form));
    fields.set("actie", "bewaren");
    fields.set("stil", "ja");
    state.dirty = false;
    state.busy = new AbortController();
    try {
      const answer = await post(state.form.getAttribute("action"), fields, state.busy.signal);
      if (answer.type === "opaqueredirect") return;
      if (!answer.ok) throw new Error(String(answer.status));
      const kept = await answer.json();
      ends = Date.now() + kept.seconden * 1000;
      tell(state, `Bewaard om ${kept.om} uur, nog niet vastgelegd.`, false);
    } catch (error) {
      if (error.name === "AbortError") return;
      state.dirty = true;
      state.since = state.last = Date.now();
      tell(state, "Bewaren lukt nu niet. Wat u typt, staat alleen op dit scherm. Over enkele seconden wordt het opnieuw geprobeerd.", true);
    } finally {
      state.busy = null;
    }
  };

  // What goes well is not read aloud each time; what goes wrong is.
  const tell = (state, words, wrong) => {
    if (!state.line) return;
    if (wrong) state.line.setAttribute("role", "alert");
    else state.line.removeAttribute("role");
    if (state.line.textContent !== words) state.line.textContent = words;
  };

  const leave = (address) => {
    leaving = true;
    location.replace(address);
  };

  /** What could not be kept before is sent once more: the server keeps it, though the session has ended. */
  const ended = async () => {
    leaving = true;
    for (const state of forms.filter((one) => one.dirty)) await keep(state);
    leave(`/aanmelden?einde=${forms.length ? "bewaard" : "ja"}&verder=${encodeURIComponent(location.pathname + location.search)}`);
  };

  /** Seconds that are left, also when another tab prolonged the session. */
  const ask = async () => {
    try {
      const answer = await fetch("/sessie", { redirect: "manual" });
      ends = answer.ok ? Date.now() + (await answer.json()).seconden * 1000 : 0;
    } catch {
      // Without a connection the clock of this page goes on.
    }
    return (ends - Date.now()) / 1000;
  };

  const stay = async () => {
    dialog.close();
    try {
      await post("/sessie", { csrf: dialog.dataset.csrf });
    } catch {
      // Asked below.
    }
    if ((await ask()) <= 0) ended();
  };

  let looking = false;
  const look = async () => {
    const now = Date.now();
    for (const state of forms) {
      if (state.dirty && !offered && !state.busy && (now - state.last >= PAUSE || now - state.since >= LONGEST)) await keep(state);
    }
    if (leaving || looking || (ends - Date.now()) / 1000 > WARNING) return;
    looking = true;
    let left = (ends - Date.now()) / 1000;
    if (!dialog.open || left <= 0) left = await ask();
    looking = false;
    if (left <= 0) return ended();
    if (left > WARNING) {
      if (dialog.open) dialog.close();
      return;
    }
    const minutes = Math.ceil(left / 60);
    const words = `Over ${minutes === 1 ? "1 minuut" : `${minutes} minuten`} is uw sessie voorbij.${forms.some((state) => state.dirty) || !forms.length ? "" : " Wat u hebt ingevuld, is bewaard."}`;
    if (text.textContent !== words) text.textContent = words;
    if (!dialog.open) dialog.showModal();
  };

  dialog.addEventListener("click", (event) => {
    const choice = event.target.value;
    if (choice === "blijven") stay();
    if (choice === "afmelden") {
      leaving = true;
      document.querySelector("form[action='/afmelden']").submit();
    }
  });
  // Escape means: I am here.
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    stay();
  });

  for (const state of forms) {
    const changed = () => {
      if (!state.dirty) state.since = Date.now();
      state.last = Date.now();
      state.dirty = true;
      if (offered) tell(state, "Er is al iets bewaard. Kies boven aan de pagina of u daarmee verdergaat; wat u nu typt, wordt niet vanzelf bewaard.", true);
    };
    state.form.addEventListener("input", changed);
    state.form.addEventListener("submit", () => {
      leaving = true;
      if (state.busy) state.busy.abort();
    });
    if (state.form.hasAttribute("data-gewijzigd")) changed();
  }
  // Who must leave at once is not held back.
  for (const exit of document.querySelectorAll("a.exit")) exit.addEventListener("click", () => (leaving = true));
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && forms.some((state) => state.dirty || state.busy)) event.preventDefault();
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) look();
  });
  setInterval(look, 1000);
})();

(() => {
  const form = document.querySelector("form[data-voorbeeld]");
  const beside = document.getElementById("voorbeeld-inhoud");
  if (!form || !beside) return;
  /** Pause in writing after which the paper is made again. */
  const PAUSE = 1200;
  let timer = 0;
  let busy = null;

  const folds = (root) => [...root.querySelectorAll("details")];

  const show = async () => {
    if (busy) busy.abort();
    busy = new AbortController();
    const fields = new URLSearchParams(new FormData(form));
    fields.set("actie", "bekijken");
    beside.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.getAttribute("action"), { method: "POST", body: fields, redirect: "manual", signal: busy.signal });
      const told = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = told.getElementById("voorbeeld-inhoud");
      const hint = document.getElementById("voorbeeld-stand");
      if (!answer.ok || !next) {
        hint.textContent = "Met wat er nu staat, kan geen voorbeeld worden gemaakt. Kies “Voorbeeld bijwerken” om te zien waarom.";
        return;
      }
      const open = folds(beside).map((fold) => fold.open);
      beside.replaceChildren(...next.childNodes);
      folds(beside).forEach((fold, place) => (fold.open = open[place] || false));
      hint.textContent = "";
    } catch (error) {
      // Without a connection the paper of before stays; the button says what is wrong.
      if (error.name !== "AbortError") document.getElementById("voorbeeld-stand").textContent = "Het voorbeeld kan nu niet worden bijgewerkt.";
    } finally {
      beside.removeAttribute("aria-busy");
    }
  };

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE);
  };
  form.addEventListener("input", later);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    if (busy) busy.abort();
  });
})();

// Who changes a paragraph starts from its words; what one already typed is not overwritten.
(() => {
  const choice = document.querySelector("select[data-vult]");
  const field = choice && document.getElementById(choice.dataset.vult);
  if (!field) return;
  let filled = choice.selectedOptions[0] && choice.value && field.value === choice.selectedOptions[0].dataset.tekst ? field.value : "";
  choice.addEventListener("change", () => {
    if (field.value !== filled) return;
    const option = choice.selectedOptions[0];
    filled = option && option.value ? option.dataset.tekst : "";
    field.value = filled;
  });
})();

// On a narrow screen a menu scrolls: the open page is brought into view. A link to something that is folded away opens it.
(() => {
  for (const open of document.querySelectorAll("nav [aria-current]")) {
    const list = open.closest("ul");
    if (list && list.scrollWidth > list.clientWidth) list.scrollLeft += open.getBoundingClientRect().left - list.getBoundingClientRect().left - (list.clientWidth - open.clientWidth) / 2;
  }
  const unfold = () => {
    const name = decodeURIComponent(location.hash.slice(1));
    const target = name && document.getElementById(name);
    if (!target) return;
    const folds = [];
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) folds.push(fold);
    if (folds.every((fold) => fold.open)) return;
    for (const fold of folds) fold.open = true;
    target.scrollIntoView();
  };
  window.addEventListener("hashchange", unfold);
  unfold();
})();
