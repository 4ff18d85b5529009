// Copy buttons of the communication kit. Without this script the texts are selected by hand.
"use strict";

for (const kit of document.querySelectorAll("[data-kit]")) {
  const said = kit.querySelector("[data-copy-said]");
  for (const button of kit.querySelectorAll("[data-copy]")) {
    const text = document.getElementById(button.dataset.copy);
    button.hidden = false;
    button.addEventListener("click", async () => {
      text.select();
      try {
        await navigator.clipboard.writeText(text.value);
      } catch {
        return; // The text is selected: one can copy it by hand.
      }
      said.textContent = "";
      requestAnimationFrame(() => {
        said.textContent = kit.dataset.copied;
      });
      button.classList.add("is-copied");
    });
  }
}
