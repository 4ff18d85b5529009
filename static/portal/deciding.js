// A ready phrase goes into its field at once; without this the button asks the server to do it.
"use strict";

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-phrase-for]");
  const field = button && document.getElementById(button.dataset.phraseFor);
  if (!field) return;
  event.preventDefault();
  const outcome = button.value.split("-")[0];
  const choice = document.querySelector(`input[name="outcome"][value="${CSS.escape(outcome)}"]`);
  if (choice) choice.checked = true;
  const written = field.value.trimEnd();
  field.value = written ? `${written}\n${button.textContent}` : button.textContent;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
});
