/** A word after @ that stands for somebody; the letter before must not be one (an e-mail address is no mention). */
const called = /(?<![\p{L}\p{N}_.@/-])@([\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}])?)/gu

const plain = word => word.toLowerCase()

/** The parts of a text: [{text}] and [{mention: "name", text: "@name"}]. */
export function withMentions(text) {
  const parts = []
  let end = 0
  for (const hit of text.matchAll(called)) {
    if (hit.index > end) parts.push({ text: text.slice(end, hit.index) })
    parts.push({ text: hit[0], mention: hit[1] })
    end = hit.index + hit[0].length
  }
  if (end < text.length) parts.push({ text: text.slice(end) })
  return parts
}

/** Whether that word after @ is for everyone. */
export const isEveryone = word => plain(word) === 'everyone'

/** Whether that word after @ is this person. */
export const isPerson = (word, user) => Boolean(user?.username) && plain(word) === plain(user.username)

/** Whether a text calls that person, by name or with everyone. */
export const mentionsPerson = (text, user) =>
  withMentions(text ?? '').some(({ mention }) => mention && (isEveryone(mention) || isPerson(mention, user)))
