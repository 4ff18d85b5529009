// Saves what is typed in the background. The page works without it: every button posts the form.
//
// The form names its place (data-autosave) and its writer (data-writer); the words to say stand on
// #save-state. Until the server has a text, this device keeps a copy of it.
"use strict";

const PAUSE = 1500;
const RETRY = 10000;
// A saving that gets no answer is given up after this long, so that no button waits for it for ever.
const PATIENCE = 10000;
const COPY = "minno-text:";
const SENT = "minno-sent";

class Writing {
  constructor(form) {
    this.form = form;
    this.state = document.getElementById("save-state");
    this.key = `${COPY}${form.dataset.writer}:${form.dataset.autosave}`;
    this.version = form.querySelector("[name=version], [name=number]");
    this.saved = this.typed();
    this.errors = {};
    this.hasConflict = Boolean(form.querySelector("[name=take][value=mine]"));
    this.isSignedOut = false;
    this.isLeaving = false;
    this.running = null;
    this.timer = 0;
    this.offerCopy();
    form.addEventListener("input", () => this.changed());
    form.addEventListener("change", () => this.changed());
    form.addEventListener("focusout", ({ target }) => {
      if (this.errors[target.name]) this.showError(target.name);
    });
    form.addEventListener("submit", (event) => this.submit(event));
    window.addEventListener("online", () => this.save());
    window.addEventListener("offline", () => this.say(this.state.dataset.offline, true));
    window.addEventListener("beforeunload", (event) => {
      if (!this.isLeaving && this.isUnsaved()) event.preventDefault();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.save();
    });
  }

  // --- What is typed -----------------------------------------------------------------------------

  entries() {
    const left = new Set(["csrfmiddlewaretoken", "version", "number", "go", "take", "differing"]);
    return [...new FormData(this.form)].filter(([name]) => !left.has(name));
  }

  typed() {
    return JSON.stringify(this.entries());
  }

  isUnsaved() {
    return this.typed() !== this.saved;
  }

  changed() {
    if (!this.isUnsaved()) return;
    this.keepCopy();
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.save(), PAUSE);
  }

  // --- Saving ------------------------------------------------------------------------------------

  save() {
    const mustWait = this.hasConflict || this.isSignedOut || this.isLeaving;
    if (mustWait || this.running || !this.isUnsaved()) return this.running;
    window.clearTimeout(this.timer);
    this.running = this.post().then((isDone) => {
      this.running = null;
      if (isDone) this.changed();
    });
    return this.running;
  }

  // Returns whether the text was saved as it was sent.
  async post() {
    const sent = this.typed();
    const body = new FormData(this.form);
    if (token()) body.set("csrfmiddlewaretoken", token());
    try {
      const response = await fetch(window.location.pathname, {
        method: "POST",
        body,
        headers: { "X-Autosave": "1", "X-Writer": this.form.dataset.writer },
        redirect: "error",
        keepalive: sent.length < 20000,
        signal: AbortSignal.timeout(PATIENCE),
      });
      const told = await response.json();
      if (response.ok) this.done(sent, told);
      else this.refused(told, sent);
      return response.ok;
    } catch {
      this.say(navigator.onLine ? this.state.dataset.failed : this.state.dataset.offline, true);
      this.timer = window.setTimeout(() => this.save(), RETRY);
      return false;
    }
  }

  done(sent, told) {
    if (this.version) this.version.value = told.version;
    const isStill = this.typed() === sent;
    this.takeNewer(told.newer, sent);
    this.saved = isStill ? this.typed() : sent;
    this.errors = told.errors;
    for (const field of this.form.querySelectorAll(".field.has-error")) this.showError(field.id.replace("div_id_", ""));
    for (const name of Object.keys(told.errors)) {
      if (document.activeElement.name !== name) this.showError(name);
    }
    if (!this.isUnsaved() && !Object.keys(told.errors).length) this.dropCopy();
    this.markSteps(told.done);
    this.say(told.saved, false);
  }

  refused(told, sent) {
    this.keepCopy();
    if (told.html) this.showConflict(told, sent);
    else if (told.sign_in) {
      this.isSignedOut = true;
      this.say(told.message, true, told.sign_in);
    } else this.say(told.message || this.state.dataset.failed, true);
  }

  // What colleagues wrote in between comes to the fields that nobody touched here meanwhile.
  takeNewer(newer, sent) {
    const before = new Map();
    for (const [name, value] of JSON.parse(sent)) before.set(name, [...(before.get(name) || []), value]);
    const now = new FormData(this.form);
    for (const [name, values] of Object.entries(newer)) {
      const same = JSON.stringify(now.getAll(name)) === JSON.stringify(before.get(name) || []);
      if (same) this.put(name, values);
    }
  }

  put(name, values) {
    for (const input of this.form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (input.type === "checkbox" || input.type === "radio") input.checked = values.includes(input.value);
      else if (input.value !== (values[0] || "")) {
        input.value = values[0] || "";
        input.dispatchEvent(new Event("input"));
      }
    }
  }

  // A press of a button waits for a saving that is under way: otherwise the two would meet.
  async submit(event) {
    if (this.running) {
      event.preventDefault();
      await this.running;
      if (!this.hasConflict) this.form.requestSubmit(event.submitter);
      return;
    }
    if (!navigator.onLine) {
      event.preventDefault();
      this.keepCopy();
      this.say(this.state.dataset.offline, true);
      return;
    }
    const own = this.form.elements.csrfmiddlewaretoken;
    if (own && token()) own.value = token();
    window.clearTimeout(this.timer);
    this.isLeaving = true;
    window.setTimeout(() => { this.isLeaving = false; }, RETRY);
    window.sessionStorage.setItem(SENT, this.key);
  }

  // --- What is shown -----------------------------------------------------------------------------

  say(text, isAmiss, address) {
    this.state.classList.toggle("is-amiss", isAmiss);
    if (this.state.textContent === text) return;
    this.state.textContent = text;
    if (!address) return;
    const link = document.createElement("a");
    link.href = address;
    link.textContent = this.state.dataset.signIn;
    link.addEventListener("click", () => { this.isLeaving = true; });
    this.state.append(" ", link);
  }

  showConflict(told, sent) {
    this.hasConflict = true;
    this.takeNewer(told.newer || {}, sent);
    if (this.version) this.version.value = told.version;
    const place = this.form.querySelector("[data-conflict-place]");
    place.innerHTML = told.html;
    place.firstElementChild.focus();
    this.say(this.state.dataset.unsaved, true);
  }

  // While one types in a field its error waits; it appears when one leaves the field.
  showError(name) {
    if (!name) return;
    const place = document.getElementById(`div_id_${name}`);
    const input = this.form.querySelector(`[name="${CSS.escape(name)}"]`);
    if (!place || !input) return;
    const text = this.errors[name];
    for (const old of place.querySelectorAll(".invalid-feedback")) old.remove();
    place.classList.toggle("has-error", Boolean(text));
    input.classList.toggle("is-invalid", Boolean(text));
    input.removeAttribute("aria-invalid");
    input.removeAttribute("aria-errormessage");
    if (!text) return;
    const said = document.createElement("div");
    said.className = "invalid-feedback";
    said.id = `id_${name}_late`;
    said.textContent = text;
    place.append(said);
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-errormessage", said.id);
  }

  markSteps(done) {
    for (const step of document.querySelectorAll("[data-step]")) {
      const isDone = done.includes(step.dataset.step);
      if (!step.classList.contains("now")) {
        step.classList.toggle("done", isDone);
        step.classList.toggle("todo", !isDone);
      }
      const ready = step.querySelector("[data-ready]");
      if (ready) ready.hidden = !isDone;
    }
  }

  // --- The copy on this device -------------------------------------------------------------------

  keepCopy() {
    try {
      window.localStorage.setItem(this.key, this.typed());
    } catch {
      // Private windows may refuse; the page itself still has the text.
    }
  }

  dropCopy() {
    try {
      window.localStorage.removeItem(this.key);
    } catch {
      // Nothing was kept there.
    }
  }

  // What was sent with a button from another page of the form has arrived: its copy can go.
  readCopy() {
    try {
      const sent = window.sessionStorage.getItem(SENT);
      if (sent && sent !== this.key) window.localStorage.removeItem(sent);
      window.sessionStorage.removeItem(SENT);
      return window.localStorage.getItem(this.key);
    } catch {
      return null;
    }
  }

  offerCopy() {
    const copy = this.readCopy();
    const box = this.form.querySelector("[data-local-copy]");
    if (!copy || !box) return;
    const entries = JSON.parse(copy);
    const here = new Set(this.entries().map(([name, value]) => `${name}\n${value}`));
    const differing = entries.filter(([name, value]) => value && !here.has(`${name}\n${value}`));
    if (!differing.length) {
      this.dropCopy();
      return;
    }
    box.querySelector("[data-local-text]").textContent = differing.map(([, value]) => value).join("\n\n");
    box.hidden = false;
    box.querySelector("[data-local-take]").addEventListener("click", () => {
      const names = new Set(entries.map(([name]) => name));
      for (const name of names) this.put(name, entries.filter(([each]) => each === name).map(([, value]) => value));
      box.hidden = true;
      this.changed();
    });
    box.querySelector("[data-local-drop]").addEventListener("click", () => {
      box.hidden = true;
      this.dropCopy();
    });
  }
}

// Signing in in another window changes the token; the cookie has the present one.
function token() {
  const found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  return found ? found[1] : "";
}

const written = document.querySelector("form[data-autosave]");
if (written) new Writing(written);
