// A button that prints the page is shown where a script runs and the browser can print.
const place = document.querySelector('[data-print]')
if (place && 'print' in window) {
  place.hidden = false
  place.addEventListener('click', () => window.print())
}
