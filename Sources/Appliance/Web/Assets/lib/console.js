import { knows } from './i18n.js'

/** Whether a machine's console can be opened now. */
export const hasConsole = machine => Boolean(machine.console) && machine.host_reachable !== false
  && ['running', 'paused'].includes(machine.status)

/** The address of a console's socket. */
export const consoleURL = (ticket, { protocol, host } = location) =>
  `${protocol === 'https:' ? 'wss:' : 'ws:'}//${host}/ws/console/${encodeURIComponent(ticket)}`

/** The key of the sentence for the close of a console's socket, and whether to try again without being asked. */
export function endOf(code, reason) {
  if (code === 4001) return { key: 'console.end.SESSION', again: false }
  if (code !== 4000) return { key: 'console.end.LOST', again: true }
  const key = `console.end.${reason}`
  return { key: knows(key) ? key : 'console.end.CONSOLE_FAILED', again: false }
}

const named = { ' ': ['Space', 0x20], '\n': ['Enter', 0xff0d], '\t': ['Tab', 0xff09] }
const pairs = {
  Minus: '-_', Equal: '=+', BracketLeft: '[{', BracketRight: ']}', Backslash: '\\|', Semicolon: ';:', Quote: '\'"',
  Backquote: '`~', Comma: ',<', Period: '.>', Slash: '/?', Digit1: '1!', Digit2: '2@', Digit3: '3#', Digit4: '4$',
  Digit5: '5%', Digit6: '6^', Digit7: '7&', Digit8: '8*', Digit9: '9(', Digit0: '0)',
}
const keys = new Map(Object.entries(pairs).flatMap(([code, [plain, shifted]]) => [
  [plain, { code, shift: false }], [shifted, { code, shift: true }],
]))

function strokeOf(character) {
  if (named[character]) return { code: named[character][0], keysym: named[character][1], shift: false }
  const keysym = character.codePointAt(0)
  if (/^[a-z]$/i.test(character))
    return { code: `Key${character.toUpperCase()}`, keysym, shift: character !== character.toLowerCase() }
  return keys.has(character) ? { ...keys.get(character), keysym } : null
}

/**
 * The keys of a US keyboard that type a text: {strokes: [{code, keysym, shift}], missing: the characters that
 * it does not have}.
 */
export function strokesOf(text) {
  const all = [...text.replace(/\r\n?/g, '\n')].map(character => [character, strokeOf(character)])
  return {
    strokes: all.filter(([, stroke]) => stroke).map(([, stroke]) => stroke),
    missing: [...new Set(all.filter(([, stroke]) => !stroke).map(([character]) => character))],
  }
}
