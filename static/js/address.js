// Offers the streets of the local register while a road is typed. Without it the form works just the same.
for (const field of document.querySelectorAll('input[data-streets]')) {
  const list = document.createElement('datalist')
  list.id = `${field.id}_streets`
  field.after(list)
  field.setAttribute('list', list.id)
  let asked = '', waiting

  const show = async start => {
    try {
      const answer = await fetch(`${field.dataset.streets}?q=${encodeURIComponent(start)}`, { credentials: 'omit' })
      if (!answer.ok || start !== asked) return
      const { streets } = await answer.json()
      list.replaceChildren(...streets.map(street => new Option(street, `${street} `)))
    } catch { /* no net: what is typed is sent as it is */ }
  }

  field.addEventListener('input', () => {
    // With a house number the street is chosen; under two letters there is nothing to offer.
    const start = field.value.trimStart()
    if (start.trim().length < 2 || /\d/.test(start)) return
    asked = start.trim().slice(0, 60).toLowerCase()
    clearTimeout(waiting)
    waiting = setTimeout(show, 200, asked)
  })
}
