/** A word after @ that stands for somebody; the letter before must not be one (an e-mail address is no mention). */
const called = /(?<![\p{L}\p{N}_.@/-])@([\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}])?)/gu

/** Whether that word after @ is for everyone. */
export const isEveryone = word => word.toLowerCase() === 'everyone'

/** Whether that word after @ is this person. */
export const isPerson = (word, user) => Boolean(user?.username) && word.toLowerCase() === user.username.toLowerCase()

/** Whether a text calls that person, by name or with everyone. */
export const mentionsPerson = (text, user) =>
  [...(text ?? '').matchAll(called)].some(([, word]) => isEveryone(word) || isPerson(word, user))
