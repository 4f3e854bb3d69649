/**
 * The only script of the HTML report: it filters the coverage matrix. The report is complete without it, and the page's
 * policy allows exactly this text.
 */
export const script = `
(() => {
  const form = document.getElementById("filter");
  const rows = [...document.querySelectorAll("#matrix tbody tr")];
  if (!form || rows.length === 0) return;
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const output = form.querySelector("output");
  const apply = () => {
    const words = form.elements.search.value.toLowerCase().split(/\\s+/).filter(Boolean);
    const state = form.elements.state.value;
    const system = form.elements.system ? form.elements.system.value : "";
    let shown = 0;
    rows.forEach((row, index) => {
      const fits =
        (state === "" || row.dataset.state === state) &&
        (system === "" || row.dataset.system === system) &&
        words.every((word) => texts[index].includes(word));
      row.hidden = !fits;
      if (fits) shown++;
    });
    output.textContent = form.dataset.shown.replace("#", shown);
  };
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("beforeprint", () => rows.forEach((row) => { row.hidden = false; }));
  addEventListener("afterprint", apply);
  form.hidden = false;
  apply();
})();
`.trim();
