// The table of challenges by keyboard, choosing all rows at once; the page works without this.
"use strict";

const KEYS_OFF = "table-keys-off";
const MOVES = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

function keysAreOn() {
  return localStorage.getItem(KEYS_OFF) === null;
}

function rowLink(row) {
  return row?.querySelector(".main > a");
}

// Single keys act only while the focus is on a link or a box in a row, so that they can neither
// surprise somebody who dictates nor take a letter from a field.
function act(event, row) {
  const step = MOVES[event.key];
  if (step) {
    const next = step > 0 ? row.nextElementSibling : row.previousElementSibling;
    rowLink(next)?.focus();
    return true;
  }
  if (event.key === "x") {
    row.querySelector("[name=pick]")?.click();
    return true;
  }
  if (event.key === "u") {
    goToUnread(row);
    return true;
  }
  if (event.key === "/") {
    document.getElementById("filter-q")?.focus();
    return true;
  }
  return false;
}

function goToUnread(row) {
  const next = document.querySelector("[data-next-unread]");
  if (!next) return;
  const url = new URL(next.href);
  url.searchParams.set("after", row.querySelector("[name=pick]").value);
  location.assign(url);
}

document.addEventListener("keydown", (event) => {
  const row = event.target.closest("[data-table] tbody tr");
  if (!row || event.ctrlKey || event.altKey || event.metaKey || !keysAreOn()) return;
  if (act(event, row)) event.preventDefault();
});

// --- Choosing rows ---------------------------------------------------------------------------

function boxes(table) {
  return [...table.querySelectorAll("tbody [name=pick]")];
}

function showChosen(table) {
  const all = boxes(table);
  const chosen = all.filter((box) => box.checked).length;
  for (const output of table.querySelectorAll("[data-chosen]")) {
    output.textContent = chosen ? `${output.dataset.chosen} ${chosen}` : "";
  }
  const head = table.querySelector("[data-select-all] input");
  if (!head) return;
  head.checked = chosen > 0 && chosen === all.length;
  head.indeterminate = chosen > 0 && chosen < all.length;
}

function addSelectAll(table) {
  const place = table.querySelector("[data-select-all]");
  if (!place || place.firstElementChild) return;
  const box = document.createElement("input");
  box.type = "checkbox";
  box.className = "form-check-input";
  box.setAttribute("aria-label", place.dataset.selectAll);
  box.addEventListener("change", () => {
    for (const each of boxes(table)) each.checked = box.checked;
    showChosen(table);
  });
  place.append(box);
}

function prepareTable() {
  const table = document.querySelector("[data-table]");
  if (!table) return;
  addSelectAll(table);
  showChosen(table);
  const help = table.querySelector("[data-keyboard]");
  if (!help) return;
  help.hidden = false;
  const on = help.querySelector("#keys-on");
  on.checked = keysAreOn();
  on.addEventListener("change", () => {
    if (on.checked) localStorage.removeItem(KEYS_OFF);
    else localStorage.setItem(KEYS_OFF, "1");
  });
}

document.addEventListener("change", (event) => {
  if (event.target.name === "pick") showChosen(event.target.closest("[data-table]"));
});
document.addEventListener("htmx:afterSettle", prepareTable);
// A filter that says nothing stays out of the address.
document.addEventListener("htmx:configRequest", (event) => {
  const sent = event.detail.formData;
  if (!event.target.closest("[data-table]")) return;
  for (const [name, value] of [...sent]) if (value === "") sent.delete(name);
});
// Whoever has been signed out in between is shown the whole page that asks to sign in.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.responseText.includes('id="challenges"')) return;
  event.detail.shouldSwap = false;
  location.assign(event.detail.pathInfo.requestPath);
});
prepareTable();
