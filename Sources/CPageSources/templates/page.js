// What a page does besides being read: sorts, filters and folds its table, copies commands, opens what a link names or a
// printer needs. All of the content is there without it.
(() => {
  "use strict";
  const element = (name, properties) => Object.assign(document.createElement(name), properties);
  const table = document.getElementById("run-table");
  const bodies = () => [...table.tBodies];

  // Sorting: by the first row of each body, numbers by value; bodies keep their order where they are equal.
  const heads = [...table.tHead.rows[0].cells];
  const valueOf = (body, column) => {
    const cell = body.rows[0].cells[column];
    // What failed has a message across its columns.
    if (!cell || cell.colSpan > 1) return null;
    if (cell.dataset.v !== undefined) return Number(cell.dataset.v);
    const text = cell.textContent.trim();
    return text === "" || text === "–" ? null : text;
  };
  const compare = (a, b) =>
    typeof a === "number" && typeof b === "number"
      ? a - b
      : String(a).localeCompare(String(b), "en", { numeric: true });
  const sort = (column, isDescending) => {
    const sorted = bodies().map((body) => [valueOf(body, column), body]);
    sorted.sort(([a], [b]) => {
      if (a === null || b === null) return (a === null) - (b === null);
      return isDescending ? compare(b, a) : compare(a, b);
    });
    for (const [, body] of sorted) table.append(body);
    heads.forEach((head, place) => {
      if (place === column) head.setAttribute("aria-sort", isDescending ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
  };
  heads.forEach((head, column) => {
    const button = element("button", { type: "button", textContent: head.textContent });
    // Of a head that is repeated on every sheet of paper, browsers draw no button.
    head.replaceChildren(button, element("span", { className: "paper", textContent: head.textContent }));
    button.addEventListener("click", () => {
      // Figures are looked at from the greatest down.
      const isFirst = !head.hasAttribute("aria-sort");
      const isDescending = isFirst ? head.classList.contains("n") : head.getAttribute("aria-sort") === "ascending";
      sort(column, isDescending);
      remember(`sort=${head.dataset.key}${isDescending ? ",descending" : ""}`);
    });
  });
  const remember = (state) => {
    try {
      history.replaceState(null, "", `#${state}`);
    } catch {
      // Some browsers keep no history for files; the order is then not in the address.
    }
  };

  // Seeds are folded under their hypothesis.
  const several = bodies().filter((body) => body.rows.length > 1);
  const fold = (body, isFolded) => {
    body.classList.toggle("folded", isFolded);
    body.querySelector("button").setAttribute("aria-expanded", String(!isFolded));
  };
  for (const body of several) {
    const cell = body.querySelector(".seeds");
    const text = cell.firstChild;
    const button = element("button", { type: "button", className: "seeds", textContent: text.textContent });
    button.addEventListener("click", () => fold(body, !body.classList.contains("folded")));
    text.replaceWith(button);
    fold(body, true);
  }
  const every = document.getElementById("fold");
  every.hidden = several.length === 0;
  every.addEventListener("click", () => {
    const isOpen = every.getAttribute("aria-expanded") === "true";
    for (const body of several) fold(body, isOpen);
    every.setAttribute("aria-expanded", String(!isOpen));
    every.textContent = isOpen ? "Show every seed" : "Fold the seeds";
  });

  // Filtering: rows that have every word.
  const filter = document.getElementById("filter");
  const shown = document.getElementById("shown");
  const narrow = () => {
    const words = filter.value.toLowerCase().split(/\s+/).filter((word) => word);
    let count = 0;
    for (const body of bodies()) {
      const text = body.textContent.toLowerCase();
      body.hidden = !words.every((word) => text.includes(word));
      count += body.hidden ? 0 : 1;
    }
    shown.textContent = words.length ? `${count} of ${table.tBodies.length} shown` : "";
  };
  filter.addEventListener("input", narrow);
  document.querySelector(".controls").hidden = false;

  // Commands: a button for each, made when the list is first opened. Pages from files may have no clipboard: then the
  // text is selected.
  const list = document.querySelector(".commands");
  const addCopies = () => {
    if (list.dataset.copies) return;
    list.dataset.copies = "true";
    for (const item of list.children) {
      item.append(element("button", { type: "button", className: "copy", textContent: "Copy" }));
    }
  };
  list.addEventListener("click", async (event) => {
    const button = event.target.closest(".copy");
    if (!button) return;
    const code = button.parentElement.querySelector("code");
    const selection = getSelection();
    selection.selectAllChildren(code);
    let isCopied = false;
    try {
      await navigator.clipboard.writeText(code.textContent);
      isCopied = true;
    } catch {
      try {
        isCopied = document.execCommand("copy");
      } catch {
        isCopied = false;
      }
    }
    button.textContent = isCopied ? "Copied" : "Selected: press Ctrl+C";
    setTimeout(() => {
      button.textContent = "Copy";
    }, 2500);
  });
  const commands = list.closest("details");
  commands.addEventListener("toggle", () => commands.open && addCopies());
  if (commands.open) addCopies();

  // Claims say what they are where they are pointed at or focused: one text beside the claim, also for the keyboard.
  const tip = element("div", { className: "tooltip", hidden: true });
  tip.setAttribute("role", "tooltip");
  tip.id = "tooltip";
  document.body.append(tip);
  for (const claim of document.querySelectorAll(".claim")) {
    const title = claim.querySelector("title");
    claim.setAttribute("aria-label", title.textContent);
    title.remove();
  }
  const show = (claim) => {
    tip.textContent = claim.getAttribute("aria-label");
    tip.hidden = false;
    const box = claim.getBoundingClientRect();
    const width = document.documentElement.clientWidth;
    tip.style.left = `${Math.max(8, Math.min(box.left, width - tip.offsetWidth - 8)) + scrollX}px`;
    tip.style.top = `${box.bottom + 6 + scrollY}px`;
  };
  const hide = () => {
    tip.hidden = true;
  };
  for (const [event, act] of [
    ["pointerover", show],
    ["focusin", show],
    ["pointerout", hide],
    ["focusout", hide],
  ]) {
    document.addEventListener(event, ({ target }) => {
      const claim = target.closest && target.closest(".claim");
      if (claim) act(claim);
    });
  }
  document.addEventListener("keydown", ({ key }) => key === "Escape" && hide());

  // An address may name an order, `#sort=recovered,descending`, or a part, which opens.
  const open = () => {
    const state = decodeURIComponent(location.hash.slice(1));
    if (state.startsWith("sort=")) {
      const [key, direction] = state.slice(5).split(",");
      const column = heads.findIndex((head) => head.dataset.key === key);
      if (column >= 0) sort(column, direction === "descending");
      return;
    }
    let part = state && document.getElementById(state);
    if (!part) return;
    for (let outer = part; outer; outer = outer.parentElement) if (outer.tagName === "DETAILS") outer.open = true;
    part.scrollIntoView();
  };
  addEventListener("hashchange", open);
  open();

  // On paper nothing is folded.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const part of opened) part.open = true;
  });
  addEventListener("afterprint", () => {
    for (const part of opened) part.open = false;
  });
})();
