// A link with data-download asks for a file that may take a while. From the click until the file
// comes it is disabled and says what is being written, and for how many seconds. The answer brings a
// cookie with the token the link sent. Without scripts it is a link like any other.
(() => {
  const COOKIE = "download";
  const EVERY = 250;
  const PATIENCE = 15 * 60 * 1000; // milliseconds; by then nobody waits any more

  const arrived = (token) => document.cookie.split("; ").includes(`${COOKIE}=${token}`);

  for (const link of document.querySelectorAll("a[data-download]")) {
    const label = link.querySelector("[data-download-label]");
    const seconds = link.querySelector("[data-download-seconds]");
    const idle = label.textContent;
    let timer;

    const show = (waiting) => {
      link.classList.toggle("disabled", waiting);
      link.setAttribute("aria-disabled", waiting);
      label.textContent = waiting ? link.dataset.download : idle;
      seconds.textContent = "";
      seconds.hidden = !waiting;
    };
    const stop = () => {
      clearInterval(timer);
      timer = undefined;
      show(false);
    };

    link.addEventListener("click", (event) => {
      if (timer) {
        event.preventDefault();
        return;
      }
      const token = Date.now().toString(36);
      const began = Date.now();
      const address = new URL(link.href);
      address.searchParams.set(COOKIE, token);
      link.href = address;
      show(true);
      timer = setInterval(() => {
        const passed = Date.now() - began;
        seconds.textContent = `已用${Math.floor(passed / 1000)}秒`;
        if (arrived(token) || passed > PATIENCE) {
          stop();
        }
      }, EVERY);
    });
    // A page brought back by the Back button waits for nothing.
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) {
        stop();
      }
    });
  }
})();
