// Placeholders of a letter become buttons that put themselves where the cursor last was.
"use strict";

for (const letter of document.querySelectorAll("[data-inserts]")) {
  const fields = [...letter.querySelectorAll("input[type=text], textarea")];
  let last = fields.at(-1);
  for (const field of fields) field.addEventListener("focus", () => { last = field; });

  function insert(word) {
    last.focus();
    last.setRangeText(word, last.selectionStart, last.selectionEnd, "end");
    last.dispatchEvent(new Event("input", { bubbles: true }));
  }

  for (const code of letter.querySelectorAll("code[data-insert]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "insert";
    button.lang = code.lang;
    button.textContent = code.textContent;
    button.addEventListener("click", () => insert(button.textContent));
    code.replaceWith(button);
  }
}
