// Brings someone whose form came back with errors to the list of them, also where only the keyboard or a voice leads.
document.querySelector('[data-module="error-summary"]')?.focus()

// A second press on "send" while the first is on its way must not send twice.
for (const form of document.querySelectorAll('form[method="post"]')) {
  form.addEventListener('submit', event => {
    if (form.dataset.sent) event.preventDefault()
    form.dataset.sent = 'yes'
    setTimeout(() => delete form.dataset.sent, 5000)
  })
}
// Back from the browser's memory: the form may be sent again.
addEventListener('pageshow', () => {
  document.querySelectorAll('form[data-sent]').forEach(form => delete form.dataset.sent)
})

// A menu that the keyboard leaves is folded, and covers nothing.
document.querySelectorAll('[popover]').forEach(menu => {
  menu.addEventListener('focusout', ({relatedTarget: to}) => to && !menu.contains(to) && menu.hidePopover?.())
})
