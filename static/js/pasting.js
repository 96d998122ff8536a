// A table copied from Word, Excel or a Google document keeps its columns: it is put in as text with tabs, what a merged
// cell covers as ″ and a colour as [#92d050], which hub/plan/importing/written_text.py reads. Without this file the
// clipboard's own text is put in.
const BACK = /background(?:-color)?\s*:\s*([^;]+)/i, RULE = /\.([\w-]+)[^{}]*\{([^}]*)\}/g, WIDEST = 64;
const SHEET = /<style[^>]*>([^]*?)<\/style>/gi, TAG = /<[^<>]+>/g, STYLE = /(\s)style(?=\s*=)/gi;
const paint = document.createElement("canvas").getContext("2d");

// Any colour as six digits; white, grey and blue say nothing of a status.
const digits = (colour) => {
  paint.fillStyle = "#fff";
  paint.fillStyle = colour.trim();
  const told = /^#(..)(..)(..)$/.exec(paint.fillStyle);
  if (!told) return "";
  const [red, green, blue] = told.slice(1).map((two) => parseInt(two, 16)), most = Math.max(red, green);
  return blue < most && most - Math.min(red, green, blue) > most / 8 ? told[0] : "";
};

// The fill of a cell: its own, that of its class, or that of words in it.
const fill = (cell, rules) => {
  const said = [cell.dataset.style, ...[...cell.classList].map((name) => rules.get(name)),
    ...[...cell.querySelectorAll("[data-style]")].map((words) => words.dataset.style)];
  const backs = [cell.getAttribute("bgcolor"), ...said.map((style) => BACK.exec(style ?? "")?.[1])];
  return backs.map((back) => digits(back ?? "")).find(Boolean) ?? "";
};

const written = (cell, rules) => {
  const shade = fill(cell, rules), words = cell.textContent.replace(/ *\n\s*/g, "\n").trim();
  const text = shade ? `${words} [${shade}]`.trim() : words;
  return /["\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

// Row by row, each cell under its heading, however cells are merged.
const grid = (table, rules) => {
  const below = []; // column → how many more rows the cell above covers
  return [...table.rows].map((row) => {
    const line = [];
    const cover = () => { while (below[line.length]) { below[line.length]--; line.push("″"); } };
    for (const cell of row.cells) {
      cover();
      for (let n = 0; n < Math.min(cell.colSpan, WIDEST); n++) {
        below[line.length] = cell.rowSpan - 1;
        line.push(n ? "" : written(cell, rules));
      }
    }
    cover();
    return line.join("\t");
  }).join("\n");
};

// What the clipboard holds, as text; nothing if there is no table in it. Its styles are read and never applied.
const read = (html) => {
  const rules = new Map([...html.matchAll(SHEET)].flatMap((sheet) => [...sheet[1].matchAll(RULE)].map((rule) => rule.slice(1))));
  const plain = html.replace(SHEET, "").replace(TAG, (tag) => tag.replace(STYLE, "$1data-style"));
  const page = new DOMParser().parseFromString(plain, "text/html");
  const tables = [...page.querySelectorAll("table")].filter((one) => !one.parentElement.closest("table"));
  page.querySelectorAll("head, script, del").forEach((unsaid) => unsaid.remove());
  const texts = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) texts.currentNode.data = texts.currentNode.data.replace(/\s+/g, " ");
  page.querySelectorAll("br, p, div, li, h1, h2, h3, h4, h5, h6").forEach((block) => block.after("\n"));
  tables.forEach((table) => table.replaceWith(`\n${grid(table, rules)}\n`));
  return tables.length ? page.body.textContent.replace(/\n[ \n]+/g, "\n").trim() : "";
};

document.querySelectorAll("[data-tables]").forEach((area) => area.addEventListener("paste", (e) => {
  const text = read(e.clipboardData.getData("text/html"));
  if (!text) return;
  e.preventDefault();
  area.wrap = "off"; // a row stays on its line
  document.execCommand("insertText", false, text); // unlike a value that is set, it can be undone
}));
