/**
 * The only script of the HTML report: it filters the coverage matrix. The report is complete without it, and the page's
 * policy allows exactly this text.
 */
export const script = `
(() => {
  const filter = document.getElementById("filter");
  const rows = [...document.querySelectorAll("#matrix tbody tr")];
  if (!filter || rows.length === 0) return;
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const output = filter.querySelector("output");
  const valueOf = (name) => filter.querySelector("[name=" + name + "]")?.value ?? "";
  const apply = () => {
    const words = valueOf("search").toLowerCase().split(/\\s+/).filter(Boolean);
    const state = valueOf("state");
    const system = valueOf("system");
    let shown = 0;
    rows.forEach((row, index) => {
      const fits =
        (state === "" || row.dataset.state === state) &&
        (system === "" || row.dataset.system === system) &&
        words.every((word) => texts[index].includes(word));
      row.hidden = !fits;
      if (fits) shown++;
    });
    output.textContent = filter.dataset.shown.replace("#", shown);
  };
  filter.addEventListener("input", apply);
  addEventListener("beforeprint", () => rows.forEach((row) => { row.hidden = false; }));
  addEventListener("afterprint", apply);
  filter.hidden = false;
  apply();
})();
`.trim();
