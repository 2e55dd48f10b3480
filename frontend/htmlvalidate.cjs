// How html-validate judges our pages (benchmarks/html_validate.py). A rule is off, or set, only with its reason.
module.exports = {
  extends: ["html-validate:recommended"],
  root: true,
  rules: {
    // Where a line of a template holds only a tag, its indent stays. No browser shows it and gzip takes it away;
    // removing it from each page would cost time, and change what stands in a text box.
    "no-trailing-whitespace": "off",
    // Boxes of one question have one name, as radio buttons do.
    "form-dup-name": ["error", { shared: ["radio", "button", "reset", "submit", "checkbox"] }],
    // Spaces in a telephone number do not break. Of hyphens (Swedish numbers) Plex has only the plain one.
    "tel-non-breaking": ["error", { characters: [{ pattern: " ", replacement: "&nbsp;", description: "space" }] }],
  },
};
