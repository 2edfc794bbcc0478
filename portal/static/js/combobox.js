/* A <select data-combobox> can be typed into, words in any order; the select stays in the form and keeps the value. */
(() => {
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("select[data-combobox]").forEach((select) => {
      const described = select.getAttribute("aria-describedby");
      const name = select.id;
      const options = [...select.options].filter((option) => option.value);
      window.accessibleAutocomplete.enhanceSelectElement({
        selectElement: select,
        defaultValue: select.value ? undefined : "",
        showAllValues: true,
        source: (query, show) => {
          const words = query.toLowerCase().split(/[\s,()]+/);
          const texts = options.map((option) => option.textContent);
          show(texts.filter((text) => words.every((word) => text.toLowerCase().includes(word))));
        },
        /* A choice counts as typing: forms that save by themselves hear of it. */
        onConfirm: (words) => {
          const chosen = [...select.options].find((option) => option.textContent === words);
          if (!chosen || chosen.selected) return;
          chosen.selected = true;
          for (const name of ["input", "change"]) select.dispatchEvent(new Event(name, { bubbles: true }));
        },
        dropdownArrow: ({ className }) =>
          `<svg class="icon ${className}" aria-hidden="true"><use href="${select.dataset.arrow}"/></svg>`,
        tNoResults: () => select.dataset.none,
        tStatusNoResults: () => select.dataset.none,
        tStatusQueryTooShort: () => "",
        tStatusSelectedOption: (option) => option,
        tStatusResults: (length) => select.dataset.found.replace("{n}", length),
        tAssistiveHint: () => "",
      });
      if (described) document.getElementById(name).setAttribute("aria-describedby", described);
    });
  });
})();
