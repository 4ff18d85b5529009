// Placeholders of a letter become buttons that put themselves where the cursor last was.
"use strict";

(() => {
  const form = document.getElementById("text-form");
  if (!form) return;
  const fields = [...form.querySelectorAll("#id_subject, #id_text")];
  let last = fields.at(-1);
  for (const field of fields) field.addEventListener("focus", () => { last = field; });

  function insert(word) {
    last.focus();
    last.setRangeText(word, last.selectionStart, last.selectionEnd, "end");
    last.dispatchEvent(new Event("input", { bubbles: true }));
  }

  for (const code of form.querySelectorAll("code[data-insert]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "insert";
    button.lang = code.lang;
    button.textContent = code.textContent;
    button.addEventListener("click", () => insert(button.textContent));
    code.replaceWith(button);
  }
})();
