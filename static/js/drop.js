// A file field as a form of its own (data-drop): takes a file dropped anywhere on it as if it had
// been chosen, says which one was, and keeps a second click from sending it again.
(() => {
  for (const form of document.querySelectorAll("form[data-drop]")) {
    const field = form.querySelector("input[type=file]");
    const chosen = form.querySelector("output");
    const button = form.querySelector("button");
    const invitation = chosen.textContent;
    const show = () => {
      chosen.textContent = field.files[0]?.name ?? invitation;
      chosen.classList.toggle("quiet", field.files.length === 0);
    };
    const over = (is) => form.classList.toggle("over", is);

    field.addEventListener("change", show);
    form.addEventListener("dragover", (event) => {
      event.preventDefault();
      over(true);
    });
    form.addEventListener("dragleave", () => over(false));
    form.addEventListener("drop", (event) => {
      event.preventDefault();
      over(false);
      if (event.dataTransfer.files.length > 0) {
        field.files = event.dataTransfer.files;
        show();
      }
    });
    form.addEventListener("submit", () => {
      button.disabled = true;
    });
    // A page brought back by the Back button keeps the chosen file, and may send it again.
    window.addEventListener("pageshow", () => {
      button.disabled = false;
      show();
    });
  }
})();
