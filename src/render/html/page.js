// Searches, sorts and turns the pages of the table of jobs, and opens what a link points at. The page can be read
// without it. Texts become text nodes, never markup.
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);

  // A link to a root cause opens it.
  const openTarget = () => {
    const target = location.hash.length > 1 && byId(decodeURIComponent(location.hash.slice(1)));
    if (target && target.tagName === "DETAILS") target.open = true;
  };
  addEventListener("hashchange", openTarget);
  openTarget();

  // Paper cannot be opened.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const details of opened) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
  });

  const table = byId("job-table");
  if (!table) return;
  const data = JSON.parse(byId("job-data").textContent);
  const { fields, texts, rows } = data;
  const placeOf = Object.fromEntries(fields.map((field, place) => [field, place]));
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const body = table.tBodies[0];
  const model = body.rows[0].cloneNode(true);
  const search = byId("search");
  const previous = byId("previous");
  const next = byId("next");
  const range = byId("range");
  const nothing = byId("nothing-found");

  let shown = rows;
  let start = 0;

  const line = (row) => {
    const line = model.cloneNode(true);
    for (const cell of line.querySelectorAll("[data-field]")) {
      const text = texts[row[placeOf[cell.dataset.field]]];
      cell.textContent = text;
      if (cell.dataset.field === "cause" && byId("cause-" + text)) {
        const link = document.createElement("a");
        link.href = "#cause-" + text;
        link.textContent = text;
        cell.replaceChildren(link);
      }
    }
    return line;
  };

  const show = () => {
    const end = Math.min(start + data.page, shown.length);
    body.replaceChildren(...shown.slice(start, end).map(line));
    nothing.hidden = shown.length > 0;
    previous.disabled = start === 0;
    next.disabled = end === shown.length;
    const first = shown.length ? start + 1 : 0;
    range.textContent = `${number.format(first)}–${number.format(end)} ${data.of} ${number.format(shown.length)}`;
  };

  // Each text stands once, so each is searched once, however many rows have it.
  const find = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = words.map((word) => texts.map((text) => text.toLowerCase().includes(word)));
    shown = rows.filter((row) => found.every((isFound) => row.some((text) => isFound[text])));
    start = 0;
    show();
  };

  // A day in German order sorts like one in the order of the calendar.
  const keys = texts.map((text) => text.replace(/^(\d\d)\.(\d\d)\.(\d{4}) /, "$3-$2-$1 "));
  const sort = (head) => {
    const isDescending = head.getAttribute("aria-sort") === "ascending";
    for (const other of table.tHead.querySelectorAll("[aria-sort]")) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", isDescending ? "descending" : "ascending");
    const place = placeOf[head.dataset.sort];
    const direction = isDescending ? -1 : 1;
    rows.sort((one, other) => {
      const [a, b] = [keys[one[place]], keys[other[place]]];
      // What the file does not say stands last, whichever way.
      if (!a || !b) return a ? -1 : b ? 1 : 0;
      return a < b ? -direction : a > b ? direction : 0;
    });
    find();
  };

  for (const head of table.tHead.querySelectorAll("[data-sort]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", () => sort(head));
    head.replaceChildren(button);
  }
  search.addEventListener("input", find);
  const turn = (pages) => {
    start += pages * data.page;
    show();
    byId("jobs").scrollIntoView();
  };
  previous.addEventListener("click", () => turn(-1));
  next.addEventListener("click", () => turn(1));
  for (const link of document.querySelectorAll("a[data-find]")) {
    link.addEventListener("click", () => {
      search.value = link.dataset.find;
      find();
    });
  }
  for (const control of [search.closest(".tools"), previous, next]) control.hidden = false;
  show();
})();
