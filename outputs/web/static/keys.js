// Single keys for what has a key on the page (data-key), j and k along a list's lines. Everything works without.
"use strict";
(() => {
  const off = () => localStorage.getItem("duban-keys") === "off";
  const typing = (at) => at && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)) && at.type !== "checkbox";
  const lines = () => [...document.querySelectorAll("tbody tr a.promise")];
  const move = (by) => {
    const all = lines(), now = all.findIndex((one) => one.closest("tr").contains(document.activeElement));
    const next = all[Math.min(all.length - 1, Math.max(0, now + by))];
    if (next) { next.focus(); next.scrollIntoView({ block: "center" }); }
  };
  const pick = () => {
    const row = document.activeElement && document.activeElement.closest("tr"), box = row && row.querySelector("input[name=id]");
    if (box) box.checked = !box.checked;
  };
  document.addEventListener("keydown", (event) => {
    if (off() || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const key = event.key.toLowerCase(), found = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (found) { event.preventDefault(); found.tagName === "INPUT" ? found.focus() : found.click(); }
    else if (key === "j") move(1);
    else if (key === "k") move(-1);
    else if (key === "x") pick();
  });
  const foot = document.querySelector("footer .screen");
  if (foot) {
    const turn = document.createElement("button"), show = () => { turn.textContent = off() ? "单键快捷键：关" : "单键快捷键：开"; };
    turn.type = "button"; turn.className = "plain link"; show();
    turn.addEventListener("click", () => { localStorage.setItem("duban-keys", off() ? "on" : "off"); show(); });
    foot.append(" · ", turn);
  }
})();
