// Sends a form (data-submit-on-change) as soon as one of its selects changes. With the arrow keys
// a select changes at every step, so a choice made by keyboard waits for Enter or for leaving it.
(() => {
  for (const form of document.querySelectorAll("form[data-submit-on-change]")) {
    let byKeyboard = false;
    let waiting = false;
    const send = () => {
      waiting = false;
      form.requestSubmit();
    };

    form.addEventListener("pointerdown", () => {
      byKeyboard = false;
    });
    form.addEventListener("keydown", (event) => {
      byKeyboard = event.key !== "Tab";
      if (event.key === "Enter" && waiting) {
        event.preventDefault();
        send();
      }
    });
    form.addEventListener("change", (event) => {
      if (!event.target.matches("select")) {
        return;
      }
      if (byKeyboard) {
        waiting = true;
      } else {
        send();
      }
    });
    form.addEventListener("focusout", () => {
      if (waiting) {
        send();
      }
    });
    // A page brought back by the Back button shows its own choice again, not the one that left it.
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) {
        form.reset();
      }
    });
  }
})();
