// The street of the slip before is kept. Tab selects it, and the house number would replace it: go on after it instead.
// Without this, the key End does it.
for (const field of document.querySelectorAll('input[data-goes-on]')) {
  field.addEventListener('keyup', ({key}) => {
    if (key === 'Tab') field.setSelectionRange(field.value.length, field.value.length)
  })
}
