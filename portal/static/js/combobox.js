/* A <select data-combobox> can be typed into; the select stays in the form and keeps the value. */
(() => {
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("select[data-combobox]").forEach((select) => {
      const described = select.getAttribute("aria-describedby");
      const name = select.id;
      window.accessibleAutocomplete.enhanceSelectElement({
        selectElement: select,
        defaultValue: select.value ? undefined : "",
        showAllValues: true,
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
