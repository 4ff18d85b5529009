// Putting the board in order by dragging, by the arrow keys and by the buttons without a new page.
// Without this the buttons send their form, and the page comes back with the new order.
"use strict";

const board = document.querySelector("[data-board]");
const form = document.getElementById("ranking");
const said = document.getElementById("board-said");
const EDGE = 72;
const STEPS = { ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity };

const rows = () => [...board.querySelectorAll("[data-row]")];
const placeOf = (row) => Number(row.querySelector(".place-number").textContent);

// --- What the order looks like -----------------------------------------------------------------

// Above the line of the capacity stand as many rows as there are places, also when some are hidden.
function drawLine() {
  const line = board.querySelector("[data-divider]");
  if (!line) return;
  const below = rows().find((row) => placeOf(row) > Number(board.dataset.capacity));
  if (below) below.before(line);
  else board.append(line);
}

function drawButtons() {
  const all = rows();
  all.forEach((row, index) => {
    const neighbours = { up: all[index - 1], down: all[index + 1] };
    for (const button of row.querySelectorAll("[data-move]")) {
      const neighbour = neighbours[button.dataset.move];
      button.hidden = !neighbour;
      button.value = neighbour ? placeOf(neighbour) : 0;
    }
  });
}

// The places that are shown go to the rows in their present order.
function redraw() {
  const places = rows().map(placeOf).sort((one, other) => one - other);
  rows().forEach((row, index) => { row.querySelector(".place-number").textContent = places[index]; });
  drawLine();
  drawButtons();
}

// Shows the server's order, which also has rows that the filters hide.
function arrange(order) {
  const places = new Map(order.map((key, index) => [String(key), index + 1]));
  const all = rows();
  const last = all.length + 1;
  for (const row of all) {
    row.querySelector(".place-number").textContent = places.get(row.dataset.row) ?? last;
  }
  for (const row of all.sort((one, other) => placeOf(one) - placeOf(other))) board.append(row);
  drawLine();
  drawButtons();
}

// A row that moves in the document loses the focus; it is given back to what had it.
function keepingFocus(change) {
  const focused = board.contains(document.activeElement) ? document.activeElement : null;
  change();
  if (!focused) return;
  const target = focused.hidden ? focused.parentElement.querySelector("[data-move]:not([hidden])") : focused;
  target?.focus();
}

function tell(text) {
  said.textContent = "";
  // An emptied region speaks again when the same words come back.
  requestAnimationFrame(() => { said.textContent = text; });
}

// --- Saving ------------------------------------------------------------------------------------

// Moves are saved one after the other; only the last answer rearranges what is seen.
let queue = Promise.resolve();
let waiting = 0;
let settled = board ? rows().map((row) => row.dataset.row) : [];

// Puts the rows back as they were when nothing had been saved, or as they were saved last.
function putBack() {
  const known = new Map(rows().map((row) => [row.dataset.row, row]));
  keepingFocus(() => {
    for (const key of settled) {
      const row = known.get(String(key));
      if (row) board.append(row);
    }
    redraw();
  });
}

function save(row, position) {
  waiting += 1;
  queue = queue.then(() => send(row, position)).finally(() => { waiting -= 1; });
}

async function send(row, position) {
  const [url] = row.querySelector("[data-move]").formAction.split("?");
  const body = new FormData(form);
  body.set("position", position);
  let response;
  try {
    response = await fetch(url, { method: "POST", body, headers: { Accept: "application/json" } });
  } catch {
    putBack();
    tell(board.dataset.lost);
    return;
  }
  if (!response.headers.get("Content-Type")?.startsWith("application/json")) {
    sendAsForm(url, position);
    return;
  }
  const answer = await response.json();
  if (response.ok) {
    settled = answer.order;
    if (waiting === 1) keepingFocus(() => arrange(answer.order));
  } else {
    putBack();
  }
  tell(answer.said);
}

// Whatever else came back, such as the page for signing in, is for the person to see.
function sendAsForm(url, position) {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: "position", value: position });
  form.append(field);
  form.action = url;
  form.submit();
}

// Saves where a row stands now, if that is not where it stood.
function saveIfMoved(row, before) {
  if (rows().indexOf(row) === before.indexOf(row)) return;
  for (const each of board.querySelectorAll(".is-moved")) each.classList.remove("is-moved");
  row.classList.add("is-moved");
  save(row, placeOf(row));
}

// --- By buttons and keys -----------------------------------------------------------------------

function step(row, by) {
  const before = rows();
  const from = before.indexOf(row);
  const to = Math.min(Math.max(from + by, 0), before.length - 1);
  if (to === from) return;
  keepingFocus(() => {
    if (to < from) before[to].before(row);
    else before[to].after(row);
    redraw();
  });
  saveIfMoved(row, before);
  row.scrollIntoView({ block: "nearest" });
}

form?.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button?.dataset.move) return;
  event.preventDefault();
  step(button.closest("[data-row]"), button.dataset.move === "up" ? -1 : 1);
});

board?.addEventListener("keydown", (event) => {
  const by = STEPS[event.key];
  if (!by || !event.target.closest("[data-handle]") || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  step(event.target.closest("[data-row]"), by);
});

// --- By dragging -------------------------------------------------------------------------------

let drag = null;

function startDrag(event) {
  const handle = event.target.closest("[data-handle]");
  if (!handle || event.button !== 0) return;
  event.preventDefault();
  handle.focus();
  const row = handle.closest("[data-row]");
  drag = { row, handle, before: rows(), at: event.clientY, pointer: event.pointerId };
  handle.setPointerCapture(event.pointerId);
  row.classList.add("is-dragged");
  requestAnimationFrame(scroll);
}

function follow(y) {
  const others = rows().filter((row) => row !== drag.row);
  const middle = (row) => { const box = row.getBoundingClientRect(); return box.top + box.height / 2; };
  const below = others.find((row) => middle(row) > y);
  const already = below ? below.previousElementSibling === drag.row : board.lastElementChild === drag.row;
  if (already) return;
  if (below) below.before(drag.row);
  else others.at(-1)?.after(drag.row);
  // Moving the row lets the pointer go: it is caught again.
  drag.handle.setPointerCapture(drag.pointer);
}

// Near the window's edge the page goes on by itself, so that a row reaches any place.
function scroll() {
  if (!drag) return;
  const over = drag.at - (innerHeight - EDGE);
  const under = EDGE - drag.at;
  if (over > 0) scrollBy(0, Math.min(over / 4, 18));
  else if (under > 0) scrollBy(0, -Math.min(under / 4, 18));
  if (over > 0 || under > 0) follow(drag.at);
  requestAnimationFrame(scroll);
}

function endDrag(keep) {
  if (!drag) return;
  const { row, handle, before } = drag;
  drag = null;
  row.classList.remove("is-dragged");
  if (keep) {
    redraw();
    saveIfMoved(row, before);
  } else {
    putBack();
  }
  handle.focus();
}

if (board) {
  board.addEventListener("pointerdown", startDrag);
  document.addEventListener("pointermove", (event) => {
    if (!drag || event.pointerId !== drag.pointer) return;
    drag.at = event.clientY;
    follow(drag.at);
  });
  document.addEventListener("pointerup", () => endDrag(true));
  document.addEventListener("pointercancel", () => endDrag(false));
  document.addEventListener("keydown", (event) => { if (drag && event.key === "Escape") endDrag(false); });
  for (const handle of board.querySelectorAll("[data-handle]")) handle.hidden = false;
}
