import { allEmoji, findEmoji, folded } from './emoji.js'

const shown = 8

/**
 * The mention or emoji being typed before the caret: `{kind: "mention" | "emoji", start, end, query}`, or
 * null. An emoji needs two letters after its colon, so that times and smileys are not taken for one.
 */
export function typedWord(text, caret) {
  const before = text.slice(0, caret)
  if ((before.match(/`/g)?.length ?? 0) % 2) return null
  const mention = /(?:^|[\s([{"'«,;!?*_~])@([\p{L}\p{N}._-]{0,40})$/u.exec(before)
  if (mention) return { kind: 'mention', start: caret - mention[1].length - 1, end: caret, query: mention[1] }
  const emoji = /(?:^|[\s([{"'«,;!?*_~]):([\p{L}_+\d-][\p{L}\p{N}_+-]{1,24})$/u.exec(before)
  if (emoji && !/^[-\d]+$/.test(emoji[1])) return { kind: 'emoji', start: caret - emoji[1].length - 1, end: caret, query: emoji[1] }
  return null
}

/**
 * How well a person matches a query: 3 by the begin of username or name, 2 of a word of the name, 1 anywhere,
 * 0 not.
 */
export function personRank({ name = '', username = '' }, query) {
  const [whole, wanted] = [folded(name), folded(query)]
  if (folded(username).startsWith(wanted) || whole.startsWith(wanted)) return 3
  if (whole.split(/[\s.-]+/).some(word => word.startsWith(wanted))) return 2
  return whole.includes(wanted) || folded(username).includes(wanted) ? 1 : 0
}

/** The people who match a query: best match first, then those online, then by name. */
export function findPeople(people, query, { isHere = () => false, limit = shown } = {}) {
  return people.map(person => ({ person, rank: personRank(person, query), here: isHere(person.id) }))
    .filter(({ rank }) => rank)
    .sort((one, other) => other.rank - one.rank || other.here - one.here || one.person.name.localeCompare(other.person.name))
    .slice(0, limit).map(({ person }) => person)
}

/** The choices for a typed word: `[{insert, kind, person | emoji}]`; @everyone only if `mayCallEveryone`. */
export function choicesFor(word, { people, isHere, mayCallEveryone }) {
  if (!word) return []
  if (word.kind === 'emoji') return findEmoji(word.query, shown).map(emoji => ({ kind: 'emoji', insert: emoji.emoji, emoji }))
  const found = findPeople(people, word.query, { isHere }).map(person => ({ kind: 'person', insert: `@${person.username}`, person }))
  const everyone = mayCallEveryone && ['everyone', 'tous'].some(name => name.startsWith(folded(word.query)))
  return everyone ? [...found.slice(0, shown - 1), { kind: 'everyone', insert: '@everyone' }] : found
}

/** The text with the typed word replaced and followed by a space, and the caret behind that. */
export function completed(text, { start, end }, insert) {
  const after = text.slice(end)
  const gap = /^\s/.test(after) ? '' : ' '
  return { text: text.slice(0, start) + insert + gap + after, caret: start + insert.length + 1 }
}

/** The emoji of a complete `:name:` before the caret: `{start, end, emoji}`; null when there is none. */
export function closedEmoji(text, caret) {
  const found = /(?:^|\s):([a-z_+\d-]{2,24}):$/.exec(text.slice(0, caret))
  const one = found && allEmoji.find(({ name }) => name === found[1])
  return one ? { start: caret - found[1].length - 2, end: caret, emoji: one.emoji } : null
}

/** Adds Markdown marks around the selection, or removes them: `{text, start, end}`. */
export function wrapped(text, start, end, mark) {
  const inside = text.slice(start, end)
  if (text.slice(start - mark.length, start) === mark && text.slice(end, end + mark.length) === mark)
    return { text: text.slice(0, start - mark.length) + inside + text.slice(end + mark.length), start: start - mark.length, end: end - mark.length }
  return { text: text.slice(0, start) + mark + inside + mark + text.slice(end), start: start + mark.length, end: end + mark.length }
}
