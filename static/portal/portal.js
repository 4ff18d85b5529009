// Small comforts on top of pages that work without them.
"use strict";

// Character counters: <span data-counter-for="id_summary"> is written by the field's template.
function count(output) {
  const input = document.getElementById(output.dataset.counterFor);
  if (!input) return;
  const most = Number(output.dataset.most);
  const show = () => {
    // A line break is one character here and in the form's check.
    const length = input.value.length;
    output.textContent = `${length}/${most}`;
    output.classList.toggle("is-over", length > most);
  };
  input.addEventListener("input", show);
  show();
}

// Menus made of <details data-menu> close with Escape and when the focus or a click goes elsewhere.
function closeMenus(except) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (menu !== except) menu.open = false;
  }
}

document.addEventListener("click", (event) => closeMenus(event.target.closest("details[data-menu]")));
document.addEventListener("focusin", (event) => closeMenus(event.target.closest("details[data-menu]")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// The places of a phone close by themselves at a press elsewhere or Escape; here, when the focus goes on.
document.addEventListener("focusin", (event) => {
  const open = document.querySelector(".places-box:popover-open");
  if (open && !event.target.closest(".places-box, .places-open")) open.hidePopover();
});

// A row of tabs that scrolls begins with the present one in sight; some browsers know this from the styles.
function showCurrent(link) {
  const row = link.closest("ul");
  const rest = row.clientWidth - link.offsetWidth;
  if (row.scrollLeft === 0) row.scrollLeft = link.offsetLeft - row.offsetLeft - rest / 2;
}

document.addEventListener("focusin", (event) => {
  if (event.target.closest(".tabs, .views")) event.target.scrollIntoView({ block: "nearest", inline: "nearest" });
});

function prepare(root) {
  for (const link of root.querySelectorAll(".tabs [aria-current], .views [aria-current]")) showCurrent(link);
  for (const output of root.querySelectorAll("[data-counter-for]")) count(output);
  const first = root.querySelector("[data-focus]");
  if (first) first.focus();
}

prepare(document);
document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) prepare(event.target);
});

// Who signs out leaves no text on this device (see writing.js).
document.addEventListener("submit", (event) => {
  if (!event.target.action.endsWith("/accounts/logout/")) return;
  try {
    for (const key of Object.keys(window.localStorage)) {
      if (key.startsWith("minno-text:")) window.localStorage.removeItem(key);
    }
  } catch {
    // Nothing can have been kept where storage is refused.
  }
});
