"use strict";
// Filters, search and "show more". The whole of each list is in #packed (deflate, base64): members are
// [heading, diseases, drugs, sources, html]; the html was made and escaped by the templates.
(() => {
  const STEP = 100;
  const NAMES = {
    conflicts: ["conflict", "conflicts"], lesser: ["other disagreement", "other disagreements"],
    changes: ["change", "changes"], noise: ["held back as noise", "held back as noise"],
    evidence: ["row of evidence", "rows of evidence"],
  };
  const form = document.querySelector("form.filters");
  const status = form.querySelector(".found");
  const holders = new Map([...document.querySelectorAll("[data-list]")].map((e) => [e.dataset.list, e]));
  const shown = {};
  let lists = null;
  let loading = null;

  const load = () => {
    loading ??= (async () => {
      const bytes = Uint8Array.from(atob(document.getElementById("packed").textContent.trim()), (c) => c.charCodeAt(0));
      const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
      lists = await new Response(stream).json();
    })();
    return loading;
  };

  const ENTITIES = { "&lt;": "<", "&gt;": ">", "&#39;": "'", "&#34;": '"', "&amp;": "&" };
  const fold = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const textOf = (member) =>
    (member.text ??= fold(
      [member[0], ...member[1], ...member[2], ...member[3],
        member[4].replace(/<details class="context">.*?<\/details>/gs, "").replace(/<[^>]*>/g, "").replace(/&(?:lt|gt|amp|#39|#34);/g, (e) => ENTITIES[e]).replace(/\s+/g, " ")].join(" ")));

  const wanted = () => {
    const f = Object.fromEntries(new FormData(form));
    const terms = fold(f.q || "").split(/\s+/).filter(Boolean);
    const has = (list, value) => !value || list.includes(value);
    return {
      order: f.order,
      active: Boolean(terms.length || f.disease || f.drug || f.what || f.source),
      fits: (name, m) =>
        has(m[1], f.disease) && has(m[2], f.drug) && (!f.what || name === "noise" || name === "evidence" || m[0] === f.what) &&
        (!f.source || name === "evidence" || has(m[3], f.source)) && terms.every((t) => textOf(m).includes(t)),
    };
  };

  const byDisease = (a, b) =>
    (a[1][0] || "").localeCompare(b[1][0] || "") || (a[2][0] || "").localeCompare(b[2][0] || "");

  const draw = (name, members, order) => {
    const holder = holders.get(name);
    const plain = "plain" in holder.dataset;
    const ordered = order === "disease" && !plain ? [...members].sort(byDisease) : members;
    const template = document.createElement("template");
    const html = [];
    let last = null;
    for (const member of ordered.slice(0, shown[name])) {
      const heading = order === "disease" ? member[1][0] || "" : member[0];
      if (!plain && heading !== last) {
        html.push("<h3></h3>");
        last = heading;
      }
      html.push(member[4]);
    }
    template.innerHTML = html.join("\n");
    last = null;
    const heads = [...template.content.children].filter((e) => e.tagName === "H3");
    let n = 0;
    for (const member of ordered.slice(0, shown[name])) {
      const heading = order === "disease" ? member[1][0] || "" : member[0];
      if (!plain && heading !== last) {
        heads[n++].textContent = heading;
        last = heading;
      }
    }
    holder.replaceChildren(template.content);
    if (!members.length) {
      const none = document.createElement(plain ? "tr" : "p");
      none.className = "empty";
      if (plain) none.insertCell().colSpan = 6;
      (plain ? none.cells[0] : none).textContent = "Nothing fits the filter.";
      holder.append(none);
    }
    const button = document.querySelector(`[data-more="${name}"]`);
    const left = members.length - Math.min(shown[name], members.length);
    button.hidden = left <= 0;
    button.textContent = `Show ${Math.min(left, STEP)} more of ${left.toLocaleString("en")}`;
  };

  const update = async (reset = true) => {
    await load();
    const want = wanted();
    const counts = [];
    for (const [name, holder] of holders) {
      if (reset) shown[name] = STEP;
      const members = lists[name].filter((m) => want.fits(name, m));
      draw(name, members, want.order);
      const label = NAMES[name][members.length === 1 ? 0 : 1];
      counts.push(`${members.length.toLocaleString("en")} ${label}`);
    }
    status.textContent = want.active ? `Found: ${counts.join(", ")}.` : "";
  };

  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(update, 120);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(update));

  document.addEventListener("click", async (event) => {
    const more = event.target.closest("[data-more]");
    if (more) {
      const name = more.dataset.more;
      const before = holders.get(name).querySelectorAll(":scope > .card, :scope > tr").length;
      await load();
      for (const key of holders.keys()) shown[key] ??= STEP;
      shown[name] = before + STEP;
      await update(false);
      const next = holders.get(name).querySelectorAll(":scope > .card, :scope > tr")[before];
      if (next) {
        next.tabIndex = -1;
        next.focus();
      }
      return;
    }
    const link = event.target.closest("a[data-what], a[data-drug]");
    if (!link) return;
    if (link.dataset.what) form.elements.what.value = link.dataset.what;
    if (link.dataset.drug) {
      form.elements.drug.value = link.dataset.drug;
      form.elements.disease.value = link.dataset.disease;
    }
    if (link.dataset.what || link.dataset.drug) update();
  });

  const openTarget = () => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    if (target instanceof HTMLDetailsElement) target.open = true;
  };
  addEventListener("hashchange", openTarget);
  openTarget();

  // On paper: everything that fits the filter. Unpacking takes time, so it is done before anyone prints.
  let closed = [];
  addEventListener("beforeprint", () => {
    if (lists) {
      for (const name of holders.keys()) shown[name] = Infinity;
      const want = wanted();
      for (const name of holders.keys()) draw(name, lists[name].filter((m) => want.fits(name, m)), want.order);
    }
    closed = [...document.querySelectorAll("details:not([open]):not(.context)")];
    for (const one of closed) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of closed) one.open = false;
    update();
  });

  form.hidden = false;
  // The bar stays at the top, in one line or in several: what one jumps to stands below it.
  new ResizeObserver(() => {
    document.documentElement.style.setProperty("--bar", `${form.offsetHeight}px`);
  }).observe(form);
  const soon = window.requestIdleCallback || ((f) => setTimeout(f, 200));
  addEventListener("load", () => soon(load));
})();
