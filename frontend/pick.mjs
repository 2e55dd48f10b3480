// Copies from the dkfds package only what the compiled style sheet asks for, and writes down what it took.
// node pick.mjs <package folder> <compiled css> <target folder> <sass version>
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { onlyUsed, wordsOf } from './used.mjs'

const [source, compiled, target, sass] = process.argv.slice(2)
const version = JSON.parse(readFileSync(join(source, 'package.json'))).version
const take = (from, to) => {
  mkdirSync(dirname(join(target, to)), { recursive: true })
  cpSync(join(source, from), join(target, to))
}

// IBM's own Latin 1 files: the font may not be subset under its name. 500 and 700 are drawn with 600.
const range = 'U+0000,U+000D,U+0020-007E,U+00A0-00FF,U+0131,U+0152-0153,U+02C6,U+02DA,U+02DC,U+2013-2014,U+2018-201A,' +
  'U+201C-201E,U+2020-2022,U+2026,U+2030,U+2039-203A,U+2044,U+20AC,U+2122,U+2212,U+FB01-FB02'
const faces = [['Regular', '400'], ['SemiBold', '500 700']].map(([name, weight]) =>
  `@font-face{font-family:"IBM Plex Sans";font-style:normal;font-weight:${weight};font-display:swap;` +
  `src:url("fonts/IBMPlexSans-${name}-Latin1.woff2") format("woff2");unicode-range:${range}}`).join('')

const whole = readFileSync(compiled, 'utf8')
  .replace(/^\uFEFF/, '')
  .replace(/@font-face\{[^}]*\}/g, '') // the official blocks load .woff before .woff2
  .replace(/background-image:url\("img\/logo[^"]*"\);?/g, '') // other portals' logos
  .replace(/\/\*# sourceMappingURL=.*?\*\//g, '') // a missing map stops collectstatic
const { css, leftOut } = onlyUsed(whole, wordsOf(join(import.meta.dirname, '..')))

rmSync(target, { recursive: true, force: true })
mkdirSync(target, { recursive: true })
writeFileSync(join(target, 'dkfds.css'), faces + css)
// Icons are drawn into pages by `{% icon %}` too.
for (const [, icon] of new Set(whole.matchAll(/url\("img\/svg-icons\/([^"]+)"\)/g))) {
  take(`dist/img/svg-icons/${icon}`, `img/svg-icons/${icon}`)
}
for (const name of ['Regular', 'SemiBold']) {
  take(`dist/fonts/IBMPlexSans/split/woff2/IBMPlexSans-${name}-Latin1.woff2`, `fonts/IBMPlexSans-${name}-Latin1.woff2`)
}
take('dist/fonts/IBMPlexSans/split/woff2/license.txt', 'fonts/OFL.txt')
take('LICENSE.md', 'LICENSE.md')

const files = readdirSync(target, { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile())
  .map(entry => join(entry.parentPath ?? entry.path, entry.name).slice(join(target, '/').length))
  .sort()
const sums = files.map(file => createHash('sha256').update(readFileSync(join(target, file))).digest('hex') + '  ' + file)
writeFileSync(join(target, 'VENDOR.txt'), [
  `dkfds ${version} (Det Fælles Designsystem), neutral theme, compiled with sass ${sass} from frontend/theme.scss`,
  'by frontend/vendor.sh. Do not edit: change the theme and rebuild. Licences: LICENSE.md, fonts/OFL.txt.',
  'Changed: own colours and text size, two IBM Plex Sans Latin 1 faces, no logos, no source map, and no rules for classes',
  'that the portal does not use. They are named at the end; to use one, write it in a template and rebuild.', '', ...sums,
  '', 'Classes left out:', ...leftOut.join(' ').match(/.{1,118}(?= |$)/g).map(line => line.trim()), ''
].join('\n'))
