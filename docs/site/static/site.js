// Names for screen readers, where the theme has none or another than the one that is visible.
document.addEventListener("DOMContentLoaded", () => {
  for (const button of document.querySelectorAll(".search-button-field")) button.removeAttribute("aria-label");
  for (const summary of document.querySelectorAll(".bd-sidebar summary, .bd-sidebar-primary summary")) {
    const link = summary.closest("li").querySelector("a");
    summary.setAttribute("aria-label", `Pages under ${link.textContent.trim()}`);
  }
});
