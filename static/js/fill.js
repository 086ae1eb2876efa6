// Fills in what a page does not wait for: an element with data-fill asks that address and takes the
// answer, a piece of a page, in place of what it holds. Without scripts it keeps that: a link there.
(() => {
  for (const place of document.querySelectorAll("[data-fill]")) {
    fetch(place.dataset.fill, { headers: { Accept: "text/html" } })
      .then((answer) => (answer.ok && !answer.redirected ? answer.text() : Promise.reject(answer)))
      .then((html) => {
        place.innerHTML = html;
      })
      .catch(() => {}); // what stands there leads to the same numbers
  }
})();
