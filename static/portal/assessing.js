// J and K lead to the next and the previous challenge, unless somebody types or has turned them off.
"use strict";

const box = document.getElementById("assess-keys");
const KEPT = "minno-assess-keys";
const WAYS = { j: "next", k: "prev" };

function kept() {
  try {
    return window.localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

function keep(value) {
  try {
    window.localStorage.setItem(KEPT, value);
  } catch {
    // The choice then holds for this page alone.
  }
}

if (box) {
  box.closest("[data-keys]").hidden = false;
  box.checked = kept() !== "off";
  box.addEventListener("change", () => keep(box.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    if (!box.checked || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const way = WAYS[event.key.toLowerCase()];
    const link = way && document.querySelector(`.assess-way a[rel="${way}"]`);
    if (link) link.click();
  });
}
