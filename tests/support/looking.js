// What an eye or a keyboard would find wrong with a page as it now stands: each function gives one line a fault.
(() => {
  const shown = (e) => e.outerHTML.replace(/\s+/g, " ").slice(0, 140);
  const isSeen = (e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const isForEarsOnly = (e) => {
    for (let at = e; at; at = at.parentElement) {
      const { position, clipPath, width, height } = getComputedStyle(at);
      if (position === "absolute" && (clipPath !== "none" || parseFloat(width) <= 1 || parseFloat(height) <= 1)) return true;
    }
    return e.closest(".skip, .visually-hidden") !== null;
  };

  // What is left of a box when what its ancestors scroll or hide is taken away.
  const within = (box, e) => {
    let { top, bottom, left, right } = box;
    for (let at = e; at; at = at.parentElement) {
      if (getComputedStyle(at).overflow === "visible") continue;
      const edge = at.getBoundingClientRect();
      [top, bottom, left, right] = [Math.max(top, edge.top), Math.min(bottom, edge.bottom), Math.max(left, edge.left), Math.min(right, edge.right)];
    }
    return { top, bottom, left, right, height: bottom - top, width: right - left };
  };

  const stickingOut = () => {
    const page = document.scrollingElement, room = page.clientWidth;
    if (page.scrollWidth <= room) return [];
    const wide = [...document.body.querySelectorAll("*")].filter((e) => isSeen(e) && within(e.getBoundingClientRect(), e.parentElement).right > room + 0.5);
    const inner = wide.filter((e) => !wide.some((other) => other !== e && e.contains(other)));
    return inner.slice(0, 5).map(shown).concat(`${page.scrollWidth} px wide, room for ${room}`);
  };

  // The values of WCAG 1.4.12, which a reader may set.
  const spaced = (look) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }");
    document.adoptedStyleSheets.push(sheet);
    try { return look(); } finally { document.adoptedStyleSheets.pop(); }
  };

  const lines = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange(), found = [];
    while (walker.nextNode()) {
      const text = walker.currentNode, e = text.parentElement;
      if (!text.data.trim() || !isSeen(e) || isForEarsOnly(e) || e.closest("svg, option")) continue;
      range.selectNodeContents(text);
      for (const box of range.getClientRects()) found.push({ e, box: within(box, e), text: text.data.trim() });
    }
    return found;
  };

  const cutOff = () => [...document.body.querySelectorAll("*")].filter((e) => {
    const { overflowX, overflowY } = getComputedStyle(e), hides = (way) => way === "hidden" || way === "clip";
    return e.innerText?.trim() && isSeen(e) && !isForEarsOnly(e)
      && ((hides(overflowX) && e.scrollWidth > e.clientWidth + 1) || (hides(overflowY) && e.scrollHeight > e.clientHeight + 1));
  }).map((e) => `cut off: ${shown(e)}`);

  const overlapping = () => {
    const all = lines().sort((a, b) => a.box.top - b.box.top), found = [];
    all.forEach((one, at) => {
      for (const other of all.slice(at + 1)) {
        if (other.box.top >= one.box.bottom) break;
        const down = Math.min(one.box.bottom, other.box.bottom) - other.box.top;
        const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        if (down > Math.min(one.box.height, other.box.height) / 3 && across > 2) found.push(`“${one.text.slice(0, 40)}” over “${other.text.slice(0, 40)}”`);
      }
    });
    return found;
  };

  const clipped = () => spaced(() => [...stickingOut(), ...cutOff(), ...overlapping()]);

  // What the Tab key should reach, in the order of the document.
  const stops = () => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")].filter((e) =>
    isSeen(e) && !e.disabled && e.tabIndex >= 0 && e.getBoundingClientRect().width > 0
    && !(e.type === "radio" && !e.checked && (document.querySelector(`input[name="${CSS.escape(e.name)}"]:checked`) || firstOf(e) !== e)));
  const firstOf = (radio) => [...document.querySelectorAll("input[type=radio]")].find((e) => e.name === radio.name && e.form === radio.form);

  const looks = (e) => [e, e.parentElement, e.labels?.[0]].filter(Boolean).map((one) => {
    const s = getComputedStyle(one);
    return [s.outlineStyle === "none" ? "" : `${s.outlineWidth} ${s.outlineColor}`, s.boxShadow, s.borderColor, s.backgroundColor].join();
  }).join();

  // At least a corner or the middle of what has the focus must not lie under anything else (2.4.11).
  const isCovered = (e) => {
    const box = within(e.getBoundingClientRect(), e);
    [box.top, box.left] = [Math.max(box.top, 0), Math.max(box.left, 0)];
    [box.height, box.width] = [Math.min(box.bottom, innerHeight) - box.top, Math.min(box.right, innerWidth) - box.left];
    const at = [[0.5, 0.5], [0.1, 0.2], [0.9, 0.2], [0.1, 0.8], [0.9, 0.8]];
    return !at.some(([x, y]) => {
      const hit = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
      return hit && (e.contains(hit) || hit.contains(e) || [...(e.labels ?? [])].some((label) => label.contains(hit)));
    });
  };

  const focusFault = (e) => {
    if (isCovered(e)) return [`covered when it has the focus: ${shown(e)}`];
    const focused = looks(e);
    e.blur();
    const blurred = looks(e);
    e.focus({ focusVisible: true });
    return focused === blurred ? [`nothing shows the focus: ${shown(e)}`] : [];
  };

  // Downwards and upwards, as Tab and Shift+Tab go, because what sticks to an edge hides only what comes from there.
  const unseenFocus = () => {
    const found = [...stops(), ...stops().reverse()].flatMap((e) => {
      e.focus({ focusVisible: true });
      e.scrollIntoView({ block: "nearest", behavior: "instant" });
      return document.activeElement === e ? focusFault(e) : [`takes no focus: ${shown(e)}`];
    });
    document.activeElement.blur();
    scrollTo(0, 0);
    return [...new Set(found)];
  };

  const openAll = () => document.querySelectorAll("details").forEach((d) => { d.open = true; });

  // Menus and questions open one over another: from here on each stands in the page, so that all can be judged at once.
  const spreadOut = () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("details > :not(summary) { position: static !important }");
    document.adoptedStyleSheets.push(sheet);
  };

  const focusFaultHere = () => focusFault(document.activeElement);

  window.looking = { stickingOut, clipped, unseenFocus, stops, shown, openAll, spreadOut, focusFault, focusFaultHere };
})();
