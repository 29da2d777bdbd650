// Keys, drafts, and what other editors do meanwhile. Every action is a plain form or link that works without this.
"use strict";
(() => {
  const one = (selector) => document.querySelector(selector);
  const detail = one(".detail");
  const help = one("#help");
  const keysOn = one("#keys-on");
  const remembered = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
  const remember = (name, value) => { try { localStorage.setItem(name, value); } catch { /* private mode */ } };

  if (keysOn) {
    keysOn.checked = remembered("evidence-keys") !== "off";
    keysOn.addEventListener("change", () => remember("evidence-keys", keysOn.checked ? "on" : "off"));
  }
  document.querySelectorAll("[data-open-help]").forEach((b) => b.addEventListener("click", () => help.showModal()));
  document.querySelectorAll("[data-close-help]").forEach((b) => b.addEventListener("click", () => help.close()));

  const quote = one("#quote");
  const text = one("#article-text");
  if (quote && text) text.scrollTop = quote.offsetTop - text.offsetTop - text.clientHeight / 3;
  const current = one(".entries [aria-current]");
  const list = one(".list");
  if (current && list && list.scrollHeight > list.clientHeight) list.scrollTop = Math.max(0, current.offsetTop - list.clientHeight / 2);

  // A comment that was begun survives a reload, a restart of the server, and a detour.
  const reason = one("#reason");
  const draftName = detail ? "evidence-draft-" + detail.dataset.item : "";
  if (reason) {
    try {
      if (!reason.value) reason.value = sessionStorage.getItem(draftName) || "";
      reason.addEventListener("input", () => sessionStorage.setItem(draftName, reason.value));
      ["#decide", "#correct"].forEach((form) => one(form)?.addEventListener("submit", () => sessionStorage.removeItem(draftName)));
    } catch { /* private mode */ }
  }
  // The correction takes the comment and the choice of like changes from the form above it.
  document.querySelectorAll("form").forEach((form) => form.addEventListener("submit", () => {
    form.querySelectorAll("[data-copy]").forEach((field) => {
      const from = document.getElementById(field.dataset.copy);
      if (!from) return;
      if (field.type === "checkbox") field.checked = from.checked; else field.value = from.value;
    });
  }));
  // One press, one decision: a second submit of the same form is swallowed.
  document.querySelectorAll("form[method=post]").forEach((form) => form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
  }));
  window.addEventListener("pageshow", () => document.querySelectorAll("form").forEach((f) => delete f.dataset.sent));

  const edit = () => {
    const box = one("#correction");
    if (!box) return;
    box.open = true;
    one("#f-direction")?.focus();
    box.scrollIntoView({ block: "start" });
  };
  one("[data-edit]")?.addEventListener("click", edit);
  if (location.hash === "#correction") window.addEventListener("load", edit);  // the browser itself moves the focus before

  // A whole article: one statement at a time has the focus; what is decided hands on to the next.
  const rows = [...document.querySelectorAll("[data-row]")];
  const here = () => rows.findIndex((row) => row.contains(document.activeElement));
  const stand = (row) => { if (row) { row.focus({ preventScroll: true }); row.scrollIntoView({ block: "center" }); } };
  const step = (by, among = rows) => {
    const at = here();
    const from = at < 0 ? (by > 0 ? -1 : rows.length) : at;
    stand(by > 0 ? among.find((row) => rows.indexOf(row) > from) : [...among].reverse().find((row) => rows.indexOf(row) < from));
  };
  const decide = (what) => rows[here()]?.querySelector(`[data-do=${what}]`)?.click();
  rows.forEach((row, n) => {
    const onward = (rows[n + 1] || rows[n - 1] || row).id;
    row.querySelectorAll("input[name=at]").forEach((field) => { field.value = onward; });
  });
  const hash = decodeURIComponent(location.hash.slice(1));
  if (hash) stand(rows.find((row) => row.id === hash));

  const typing = (element) => element && (element.matches("input:not([type=checkbox]), textarea, select") || element.isContentEditable);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form?.id === "correct") {
      event.target.form.requestSubmit();
      return;
    }
    if (event.key === "Escape" && typing(event.target)) { event.target.blur(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || help?.open) return;
    if (event.key === "?") { event.preventDefault(); help?.showModal(); return; }
    if (keysOn && !keysOn.checked) return;
    const act = {
      j: () => one("#next")?.click(),
      k: () => one("#previous")?.click(),
      e: edit,
      c: () => { if (one(".more")) one(".more").open = true; reason?.focus(); },
      l: () => one("#all-like")?.click(),
      u: () => one("#undo")?.requestSubmit(),
      w: () => (one("#back") || one("#whole") || one("#articles"))?.click(),
      "/": () => one("#q")?.focus(),
      ...(rows.length ? {
        j: () => step(1), k: () => step(-1), d: () => step(1, rows.filter((row) => row.matches(".look"))),
        a: () => decide("a"), r: () => decide("r"), e: () => decide("e"),
      } : {}),
      ...(one("#next-article") ? { n: () => one("#next-article").click() } : {}),
    }[event.key];
    const button = one(`[data-key="${CSS.escape(event.key)}"]`);
    if (act || button) {
      event.preventDefault();
      if (button) button.click(); else act();
    }
  });

  // What others decide meanwhile.
  const pulse = async () => {
    try {
      const subject = detail ? detail.dataset.subject : "";
      const answer = await fetch("/pulse?subject=" + encodeURIComponent(subject), { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const state = await answer.json();
      one("#decided").textContent = state.decided;
      one("#total").textContent = state.total;
      one("#progress").max = state.total || 1;
      one("#progress").value = state.decided;
      const box = one("#meanwhile");
      if (box && state.latest && state.latest.decision_id !== detail.dataset.revision) {
        box.textContent = `${state.latest.editor} has just ${state.latest.verdict} this.`;
        box.hidden = false;
      }
    } catch { /* the server may be restarting: the next pulse asks again */ }
  };
  if (one("#progress")) setInterval(pulse, 5000);
})();
