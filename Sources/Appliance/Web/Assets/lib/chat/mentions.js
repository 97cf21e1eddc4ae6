import { markdown } from './markdown.js'

/** Whether the word after @ is "everyone". */
export const isEveryone = word => word.toLowerCase() === 'everyone'

/** Whether the word after @ is the username of this person. */
export const isPerson = (word, user) => Boolean(user?.username) && word.toLowerCase() === user.username.toLowerCase()

/** The usernames mentioned in a text, by the same rules as on the server: none in code or links. */
export function calledNames(text) {
  if (!text?.includes('@')) return []
  const line = nodes => nodes.flatMap(node => node.type === 'mention' ? [node.name] : line(node.children ?? []))
  const block = one => one.blocks ? one.blocks.flatMap(block) : one.items ? one.items.flatMap(line) : line(one.children ?? [])
  return markdown(text).flatMap(block)
}

/** Whether a text mentions that person, by name or with @everyone. */
export const mentionsPerson = (text, user) => calledNames(text).some(word => isEveryone(word) || isPerson(word, user))
