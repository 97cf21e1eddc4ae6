/** A username after @, as the server reads it: what stands before is no part of a name (an e-mail address is no mention). */
const called = /(?<![\w.-]|[^\x00-\x7f])@([\w.-]*[A-Za-z0-9])/gu

/** Whether that word after @ is for everyone. */
export const isEveryone = word => word.toLowerCase() === 'everyone'

/** Whether that word after @ is this person. */
export const isPerson = (word, user) => Boolean(user?.username) && word.toLowerCase() === user.username.toLowerCase()

/** Whether a text calls that person, by name or with everyone. */
export const mentionsPerson = (text, user) =>
  [...(text ?? '').matchAll(called)].some(([, word]) => isEveryone(word) || isPerson(word, user))
