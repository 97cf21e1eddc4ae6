import { emojiGroups } from './emoji-list.js'
import { language } from './i18n.js'

const recentKey = 'obox.emoji'
/** One or two rows of the picker. */
const recentLength = 16

/** Text without case and accents, for search. */
export const folded = text => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('œ', 'oe')

function read(line, group) {
  const [, emoji, english, french] = /^(\S+) ([^/]+)\/(.+)$/.exec(line.trim())
  const words = { en: english.split(' '), fr: french.split(' ') }
  return { emoji, group, name: words.en[0], words, terms: [words.en.map(folded), words.fr.map(folded)] }
}

/** All emoji of the picker: `{emoji, group, name, words: {en, fr}, terms}`. */
export const allEmoji = Object.entries(emojiGroups)
  .flatMap(([group, lines]) => lines.split(',').filter(line => line.trim()).map(line => read(line, group)))

const named = new Map(allEmoji.map(one => [one.emoji, one]))

/** The name of an emoji in the language of the page; the emoji itself when it is not in the list. */
export const nameOfEmoji = emoji => named.get(emoji)?.words[language()].join(' ').replaceAll('_', ' ') ?? emoji

function rank(one, query) {
  let best = 0
  for (const words of one.terms) words.forEach((term, index) => {
    const found = term === query ? 4 : term.startsWith(query) ? 3 : term.includes(query) ? 1 : 0
    best = Math.max(best, found && found - index / 100 - term.length / 1000)
  })
  return best
}

/** The emoji of which a word begins with or contains the query, in either language; best match first. */
export function findEmoji(typed, limit = 8) {
  const query = folded(typed)
  return allEmoji.map(one => [rank(one, query), one]).filter(([found]) => found)
    .sort(([one], [other]) => other - one).slice(0, limit).map(([, one]) => one)
}

/** The emoji used last in this browser, newest first, filled up with common ones. */
export function recentEmoji() {
  const usual = ['👍', '❤️', '😂', '🎉', '👀', '🙏', '✅', '🚀']
  try {
    const kept = JSON.parse(localStorage.getItem(recentKey) ?? '[]').filter(emoji => named.has(emoji))
    return [...new Set([...kept, ...usual])].slice(0, recentLength)
  } catch { return usual }
}

/** Notes that an emoji was used. */
export function usedEmoji(emoji) {
  if (!named.has(emoji)) return
  try { localStorage.setItem(recentKey, JSON.stringify([emoji, ...recentEmoji().filter(one => one !== emoji)])) } catch { /* storage is off */ }
}
