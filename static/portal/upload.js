// Sending files without leaving the page: the box alone is drawn anew, and what was typed elsewhere stays.
// Without this script the same forms are sent as forms are.
"use strict";

(() => {
  const HEADER = "X-Box";
  const sending = new Set();
  const says = document.createElement("p");
  says.className = "visually-hidden";
  says.setAttribute("role", "status");
  document.body.append(says);

  const say = (text) => {
    says.textContent = "";
    // A text that is put in a moment later is read even when it is the same as before.
    setTimeout(() => { says.textContent = text; }, 100);
  };

  function show(form, text, canTryAgain) {
    const box = form.closest("[data-upload-box]");
    const input = form.querySelector("input[type=file]");
    const place = form.querySelector("[data-upload-error]") || form.appendChild(document.createElement("p"));
    place.className = "invalid-feedback";
    place.textContent = text;
    if (input) {
      input.classList.toggle("is-invalid", Boolean(text));
      input.setAttribute("aria-invalid", String(Boolean(text)));
    }
    if (!text) return;
    say(text);
    if (!canTryAgain) return;
    const again = document.createElement("button");
    again.type = "submit";
    again.className = "btn btn-outline-primary btn-sm";
    again.textContent = box.dataset.again;
    place.append(" ", again);
    again.focus();
  }

  function progressOf(form, onCancel) {
    const box = form.closest("[data-upload-box]");
    const part = document.createElement("p");
    part.className = "upload-progress";
    const label = document.createElement("label");
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.value = 0;
    bar.id = `${box.id}_progress`;
    label.htmlFor = bar.id;
    label.textContent = box.dataset.sending;
    const done = document.createElement("span");
    const cancel = document.createElement("button");
    cancel.type = "button";
    cancel.className = "btn btn-outline-primary btn-sm";
    cancel.textContent = box.dataset.cancel;
    cancel.addEventListener("click", onCancel);
    part.append(label, bar, done, cancel);
    form.append(part);
    cancel.focus();
    say(box.dataset.sending);
    let told = 0;
    return {
      part,
      move(share) {
        const percent = Math.floor(share * 100);
        bar.value = percent;
        done.textContent = `${percent} %`;
        if (percent === 100) label.textContent = box.dataset.checking;
        if (percent >= told + 25) {
          told = percent;
          say(percent === 100 ? box.dataset.checking : `${percent} %`);
        }
      },
    };
  }

  function swap(box, html) {
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector("[data-upload-box]");
    const hadFocus = box.contains(document.activeElement) || document.activeElement === document.body;
    box.replaceWith(document.adoptNode(fresh));
    prepare(fresh);
    const wrong = fresh.querySelector(".is-invalid, .invalid-feedback:not(:empty)");
    if (wrong) say((fresh.querySelector(".invalid-feedback:not(:empty)") || wrong).textContent);
    else if (fresh.dataset.done) say(fresh.dataset.done);
    if (hadFocus) (fresh.querySelector("input.is-invalid") || fresh.querySelector("h2")).focus();
    // For whoever keeps the page's own list of what is missing.
    fresh.dispatchEvent(new CustomEvent("attachments:changed", { bubbles: true }));
  }

  function send(form) {
    const box = form.closest("[data-upload-box]");
    const input = form.querySelector("input[type=file]");
    if (input && input.files.length && input.files[0].size > Number(box.dataset.largest)) {
      show(form, box.dataset.tooLarge, false);
      return;
    }
    show(form, "", false);
    const request = new XMLHttpRequest();
    const progress = input && input.files.length ? progressOf(form, () => request.abort()) : null;
    let hasArrived = false;
    const rest = (busy) => {
      box.setAttribute("aria-busy", String(busy));
      for (const other of box.querySelectorAll("input[type=file], button[type=submit]")) other.disabled = busy;
    };
    const end = (text, canTryAgain) => {
      sending.delete(request);
      rest(false);
      if (progress) progress.part.remove();
      if (text) show(form, text, canTryAgain);
    };
    // Nobody knows what became of it when all was sent and no answer came.
    const broken = () => end(hasArrived ? box.dataset.unanswered : box.dataset.cut, true);
    request.upload.addEventListener("load", () => { hasArrived = true; });
    request.upload.addEventListener("progress", (event) => {
      if (progress && event.lengthComputable) progress.move(event.loaded / event.total);
    });
    request.addEventListener("load", () => {
      end("", false);
      if (request.getResponseHeader(HEADER)) swap(box, request.responseText);
      else show(form, new URL(request.responseURL).pathname.includes("/accounts/") ? box.dataset.signedOut : box.dataset.failed, true);
    });
    request.addEventListener("error", broken);
    request.addEventListener("timeout", broken);
    request.addEventListener("abort", () => end(box.dataset.cancelled, true));
    request.open("POST", form.action);
    request.setRequestHeader(HEADER, "1");
    sending.add(request);
    request.send(new FormData(form));
    rest(true);
  }

  // A chosen file is sent at once: the button is for those without this script.
  function prepare(root) {
    for (const form of root.querySelectorAll("form[data-upload]")) {
      form.querySelector("button[type=submit]").hidden = true;
    }
  }

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-upload], form[data-upload-change]")) return;
    event.preventDefault();
    if (!event.target.closest("[aria-busy='true']")) send(event.target);
  });
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-upload]");
    if (form && event.target.files && event.target.files.length) form.requestSubmit();
  });
  // The same name chosen again is no change to a browser: after a cancelled sending, or a file made
  // smaller under its own name, nothing would happen.
  document.addEventListener("click", (event) => {
    if (!event.target.matches("form[data-upload] input[type=file]") || !event.target.value) return;
    event.target.value = "";
    show(event.target.form, "", false);
  });
  window.addEventListener("beforeunload", (event) => {
    if (sending.size) event.preventDefault();
  });
  prepare(document);
})();
