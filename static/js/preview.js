// Shows what is being typed in a form (data-preview) as it will print. The server, which draws it,
// keeps the typing on the way. Without scripts the preview is that of the last saving.
(() => {
  const form = document.querySelector("form[data-preview]");
  const shown = document.getElementById("preview");
  const failures = [...document.querySelectorAll("[data-preview-failed]")];
  const PAUSE = 700; // milliseconds without a key
  let timer;
  let running;

  // A sign-in in another window gives a new token: the cookie has it, the page does not.
  const token = () => /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";
  const tell = (failure) => {
    for (const one of failures) {
      one.hidden = one.dataset.previewFailed !== failure;
    }
  };
  const failure = (answer) => {
    if (answer.type === "opaqueredirect" || answer.status === 403) {
      return "login";
    }
    return answer.status === 404 ? "gone" : "other";
  };

  const show = async () => {
    const body = new URLSearchParams(new FormData(form));
    body.delete("csrfmiddlewaretoken");
    running?.abort();
    running = new AbortController();
    const { signal } = running;
    try {
      const answer = await fetch(form.dataset.preview, {
        method: "POST",
        body,
        headers: { "X-CSRFToken": token(), "X-Requested-With": "fetch" },
        redirect: "manual",
        signal,
      });
      if (answer.ok) {
        shown.innerHTML = await answer.text();
      }
      tell(answer.ok ? "" : failure(answer));
    } catch {
      if (!signal.aborted) {
        tell("other");
      }
    }
  };

  form.addEventListener("input", (event) => {
    if (event.target.name) {
      clearTimeout(timer);
      timer = setTimeout(show, PAUSE);
    }
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    running?.abort();
    form.elements.csrfmiddlewaretoken.value = token() || form.elements.csrfmiddlewaretoken.value;
  });
})();
