// Which rules of a compiled style sheet the portal can need: those whose classes it writes somewhere.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const WRITTEN_IN = /\.(html|py|js|svg)$/
const NOT_THE_PORTAL = /(^|\/)(\.\w+|vendor|node_modules|tests|journeys|benchmarks|locale|migrations)(\/|$)/

// Every word of the portal's own files. "form-{kind}" makes classes: the word "form-" stands for all that begin so.
export function wordsOf (folder) {
  const files = readdirSync(folder, { recursive: true }).filter(
    file => WRITTEN_IN.test(file) && !NOT_THE_PORTAL.test(file))
  return new Set(files.flatMap(file => readFileSync(join(folder, file), 'utf8').match(/[A-Za-z][\w-]*/g) ?? []))
}

// Top-level parts of compressed CSS: [what stands before the braces, what stands in them, the whole].
function parts (css) {
  const found = []
  let depth = 0; let start = 0; let opened = 0
  for (let at = 0; at < css.length; at++) {
    if (css[at] === '{' && depth++ === 0) opened = at
    else if (css[at] === ';' && depth === 0) { found.push([css.slice(start, at), null]); start = at + 1 }
    else if (css[at] === '}' && --depth === 0) {
      found.push([css.slice(start, opened), css.slice(opened + 1, at)])
      start = at + 1
    }
  }
  return found
}

// Commas inside :not(), :is() and :where() separate no selectors.
const selectors = head => head.split(/,(?![^(]*\))/)
// What :not() names need not be there, and of :is() and :where() one is enough.
const classes = selector => selector.replace(/:(not|is|where)\([^)]*\)/g, '').match(/\.[A-Za-z_][\w-]*/g) ?? []

export function onlyUsed (css, words) {
  const beginnings = [...words].filter(word => word.endsWith('-') && word.length > 3)
  const leftOut = new Set()
  const isUsed = name => {
    const used = words.has(name) || beginnings.some(beginning => name.startsWith(beginning))
    if (!used) leftOut.add(name)
    return used
  }
  const kept = text => parts(text).map(([head, body]) => {
    if (body === null) return `${head};`
    if (/^@(media|supports)/.test(head)) {
      const inside = kept(body)
      return inside && `${head}{${inside}}`
    }
    if (head.startsWith('@')) return `${head}{${body}}`
    const needed = selectors(head).filter(selector => classes(selector).every(name => isUsed(name.slice(1))))
    return needed.length ? `${needed.join(',')}{${body}}` : ''
  }).join('')
  return { css: kept(css), leftOut: [...leftOut].sort() }
}
