// What only a script can do is shown where one runs.
for (const part of document.querySelectorAll('[data-needs-script]')) part.hidden = false
