// Names that hold what is being typed into the search box, asked for when the typing pauses. Everything works without:
// the button beside the box shows the same names.
"use strict";
(() => {
  const box = document.getElementById("q"), list = document.getElementById("completions");
  if (!box || !list) return;
  let waits = 0, asked = null, last = "";
  const fill = async () => {
    const typed = box.value.trim();
    if (typed === last) return;
    last = typed;
    if (asked) asked.abort();
    if (!typed) { list.replaceChildren(); return; }
    asked = new AbortController();
    try {
      const answer = await fetch(`/search/complete?q=${encodeURIComponent(typed)}`, { signal: asked.signal });
      if (!answer.ok || answer.redirected) return;
      list.replaceChildren(...(await answer.json()).map((one) => {
        const option = document.createElement("option");
        option.value = one.text;
        return option;
      }));
    } catch { /* another question was asked, or nobody answers: the page goes on without */ }
  };
  box.addEventListener("input", () => { clearTimeout(waits); waits = setTimeout(fill, 250); });
})();
