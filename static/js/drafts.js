// What somebody logged in has typed is not lost when their log-in has ended: it is kept in this tab while the form is
// on its way, and put back if that led to the log-in page. Hidden fields, files and codes are not kept.
const KEY = 'draft'
const back = document.getElementById('draft-is-back')
const inLogIn = location.pathname.startsWith('/accounts/')
const LEFT_OUT = ['hidden', 'password', 'file', 'submit', 'button']

const read = () => JSON.parse(sessionStorage.getItem(KEY) ?? 'null')
const write = draft => sessionStorage.setItem(KEY, JSON.stringify(draft))
const forms = () => [...document.querySelectorAll('form[method="post"]')]
const fields = form => [...form.elements].filter(field => field.name && !LEFT_OUT.includes(field.type))

function putBack(draft) {
  const form = forms()[draft.form]
  if (!form) return
  const typed = fields(form)
  draft.typed.forEach(({ name, value, checked, chosen }, number) => {
    const field = typed[number]
    if (field?.name !== name) return
    if (field.type === 'checkbox' || field.type === 'radio') field.checked = checked
    else if (field.multiple) [...field.options].forEach(option => { option.selected = chosen.includes(option.value) })
    else field.value = value
  })
  const words = Object.assign(document.createElement('p'), { className: 'alert alert-warning', role: 'status' })
  words.textContent = back.content.textContent.trim()
  form.before(words)
}

const draft = read()
if (draft && inLogIn) {
  write({ ...draft, interrupted: true })
} else if (draft && back) {
  const isHere = draft.page === location.pathname + location.search && draft.person === back.dataset.person
  if (draft.interrupted && isHere) putBack(draft)
  sessionStorage.removeItem(KEY)
}

if (back && !inLogIn) {
  document.addEventListener('submit', event => {
    const form = event.target
    if (form.method !== 'post' || new URL(form.action).pathname.startsWith('/accounts/')) return
    const typed = fields(form).map(({ name, value, checked, selectedOptions }) => (
      { name, value, checked, chosen: [...selectedOptions ?? []].map(option => option.value) }
    ))
    if (typed.length) {
      const page = location.pathname + location.search
      write({ person: back.dataset.person, page, form: forms().indexOf(form), typed })
    }
  })
}
