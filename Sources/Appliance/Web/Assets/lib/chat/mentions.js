import { markdown } from './markdown.js'

/** Whether that word after @ is for everyone. */
export const isEveryone = word => word.toLowerCase() === 'everyone'

/** Whether that word after @ is this person. */
export const isPerson = (word, user) => Boolean(user?.username) && word.toLowerCase() === user.username.toLowerCase()

/** The usernames that a text calls, as the server reads it: nothing in code or in a link calls anyone. */
export function calledNames(text) {
  if (!text?.includes('@')) return []
  const line = nodes => nodes.flatMap(node => node.type === 'mention' ? [node.name] : line(node.children ?? []))
  const block = one => one.blocks ? one.blocks.flatMap(block) : one.items ? one.items.flatMap(line) : line(one.children ?? [])
  return markdown(text).flatMap(block)
}

/** Whether a text calls that person, by name or with everyone. */
export const mentionsPerson = (text, user) => calledNames(text).some(word => isEveryone(word) || isPerson(word, user))
