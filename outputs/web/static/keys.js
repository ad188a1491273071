// Single keys for what has a key on the page (data-key), g and another for the menu (data-go), j and k along a list's
// lines, ? for the list of them and what the page says of itself.
// Everything works without.
"use strict";
(() => {
  const off = () => localStorage.getItem("duban-keys") === "off";
  const typing = (at) => at && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)) && at.type !== "checkbox";
  const lines = () => [...document.querySelectorAll("tbody tr a.promise")];
  const keyed = () => {
    const found = new Map();
    for (const one of document.querySelectorAll("[data-key]"))
      if (one.checkVisibility() && (!found.has(one.dataset.key) || one.tagName === "INPUT")) found.set(one.dataset.key, one);
    return found;
  };
  const move = (by) => {
    const all = lines(), now = all.findIndex((one) => one.closest("tr").contains(document.activeElement));
    const next = all[Math.min(all.length - 1, Math.max(0, now + by))];
    if (next) { next.focus(); next.scrollIntoView({ block: "center" }); }
  };
  const open = () => {
    const row = document.activeElement && document.activeElement.closest("tr"), to = row && row.querySelector("a.promise");
    if (to) to.click();
  };
  const pick = () => {
    const row = document.activeElement && document.activeElement.closest("tr"), box = row && row.querySelector("input[name=id]");
    if (box) box.checked = !box.checked;
  };
  let going = 0;  // until when a key after g goes to a page of the menu
  const go = (key) => {
    const to = document.querySelector(`[data-go="${CSS.escape(key)}"]`);
    going = 0;
    if (to) to.click();
  };
  const press = (one) => {
    if (one.tagName === "INPUT") { one.focus(); return; }
    one.click();
    const first = one.tagName === "SUMMARY" && one.parentElement.open && one.parentElement.querySelector("input:not([type=hidden]),select,textarea");
    if (first) first.focus();
  };
  const made = (tag, words) => { const one = document.createElement(tag); one.textContent = words; return one; };
  const named = (one) => {
    const label = one.labels && one.labels[0] || one, words = label.cloneNode(true);
    words.querySelectorAll("kbd").forEach((key) => key.remove());
    return words.textContent.trim();
  };
  const help = () => {
    const known = [...keyed()].map(([key, one]) => [key === "/" ? "/" : key.toUpperCase(), named(one)]);
    if (lines().length) known.push(["J", "下一行"], ["K", "上一行"], ["O", "打开这一行"]);
    if (document.querySelector("tbody input[name=id]")) known.push(["X", "勾选这一行"]);
    for (const one of document.querySelectorAll("[data-go]")) known.push([`G ${one.dataset.go.toUpperCase()}`, one.textContent.trim()]);
    known.push(["?", "这张表"], ["Esc", "关上"]);
    const box = made("dialog", ""), about = document.getElementById("about"), list = document.createElement("dl"), shut = made("button", "关上");
    for (const [key, words] of known) {
      const held = document.createElement("dt");
      held.append(made("kbd", key));
      list.append(held, made("dd", words));
    }
    shut.addEventListener("click", () => box.close());
    box.addEventListener("close", () => box.remove());
    box.className = "keys";
    if (about) { const told = about.cloneNode(true); told.removeAttribute("id"); box.append(made("h2", "这一页怎么用"), told); }
    box.append(made("h2", "快捷键"), list, shut);
    box.setAttribute("aria-label", "这一页怎么用，快捷键");
    document.body.append(box);
    box.showModal();
    box.scrollTop = 0;
  };
  document.addEventListener("keydown", (event) => {
    if (off() || event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
    const key = event.key.toLowerCase(), found = keyed().get(key);
    if (going > Date.now()) { event.preventDefault(); go(key); }
    else if (key === "g") going = Date.now() + 1500;
    else if (found) { event.preventDefault(); press(found); }
    else if (key === "o") open();
    else if (key === "?") help();
    else if (key === "j") move(1);
    else if (key === "k") move(-1);
    else if (key === "x") pick();
  });
  const foot = document.querySelector("footer > span.screen");
  if (foot) {
    const turn = document.createElement("button"), show = () => { turn.textContent = off() ? "单键快捷键：关" : "单键快捷键：开"; };
    const ask = made("button", "说明和快捷键（?）");
    for (const one of [turn, ask]) { one.type = "button"; one.className = "plain link"; foot.append(" · ", one); }
    turn.addEventListener("click", () => { localStorage.setItem("duban-keys", off() ? "on" : "off"); show(); });
    ask.addEventListener("click", help);
    show();
  }
})();
