// Asks before leaving a page whose form (data-guard) holds typing that was not saved.
// data-guard="dirty" marks a form that came back with errors: it counts as changed from the start.
// A link with data-discard says itself that the typing goes.
(() => {
  const forms = [...document.querySelectorAll("form[data-guard]")];
  const content = (form) =>
    JSON.stringify([...new FormData(form)].map(([name, value]) => [name, value.name ?? value]));
  const stored = new Map(forms.map((form) => [form, content(form)]));
  let leaving = false;

  const changed = (form) => form.dataset.guard === "dirty" || content(form) !== stored.get(form);

  document.addEventListener("submit", (event) => {
    if (forms.includes(event.target)) {
      leaving = !event.defaultPrevented;
    }
  });
  document.addEventListener("click", (event) => {
    leaving ||= event.target.closest("a[data-discard]") !== null;
  });
  window.addEventListener("pageshow", () => {
    leaving = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && forms.some(changed)) {
      event.preventDefault();
    }
  });
})();
