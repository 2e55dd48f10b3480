// A key that fails or is cancelled is told by allauth's script to the page alone: say it where the reader is.
const place = document.getElementById('key-failed')
const words = document.getElementById('key-failed-words')
document.addEventListener('allauth.error', (event) => {
  event.preventDefault()
  place.replaceChildren(words.content.cloneNode(true))
  place.scrollIntoView({ block: 'nearest' })
})
