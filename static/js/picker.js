// Looks for a figure by its name or code (data-picker) and writes it, in braces, where the cursor
// stands in the text. A list to choose from by arrow keys and Enter, or by a click; Escape closes it.
(() => {
  const field = document.querySelector("[data-picker]");
  const list = document.getElementById(field.getAttribute("aria-controls"));
  const text = document.getElementById(field.dataset.into);
  const PAUSE = 200; // milliseconds without a key
  let timer;
  let asked = 0;

  field.closest("[hidden]").hidden = false;

  const options = () => [...list.querySelectorAll("[role=option]")];
  const chosen = () => options().find((one) => one.ariaSelected === "true");
  const open = (is) => {
    list.hidden = !is;
    field.setAttribute("aria-expanded", is);
  };
  const choose = (option) => {
    for (const one of options()) {
      one.ariaSelected = one === option;
    }
    field.setAttribute("aria-activedescendant", option?.id ?? "");
    option?.scrollIntoView({ block: "nearest" });
  };
  const step = (by) => {
    const all = options();
    choose(all.at((all.indexOf(chosen()) + by) % all.length));
  };
  const insert = (option) => {
    text.setRangeText(`{${option.dataset.code}}`, text.selectionStart, text.selectionEnd, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
    field.value = "";
    open(false);
    text.focus();
  };

  const look = async () => {
    const mine = ++asked;
    const words = field.value.trim();
    if (!words) {
      open(false);
      return;
    }
    const answer = await fetch(`${field.dataset.picker}&q=${encodeURIComponent(words)}`, {
      redirect: "manual",
    });
    if (mine === asked && answer.ok) {
      list.innerHTML = await answer.text();
      open(true);
      choose(options()[0]);
    }
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault(); // the form is not saved from here
      if (!list.hidden && chosen()) {
        insert(chosen());
      }
    } else if (event.key === "Escape") {
      open(false);
    } else if (!list.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    }
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the cursor stays
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) {
      insert(option);
    }
  });
  field.addEventListener("blur", () => open(false));
})();
