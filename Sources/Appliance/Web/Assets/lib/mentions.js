import { get } from './api.js'
import { fetchMembers, findInDirectory, membersOf } from './chat-people.js'
import { queryOf } from './people.js'

const typingRests = 150
/** With this many members of the channel found, the directory is not searched. */
const enough = 4

const rest = () => new Promise(resolve => setTimeout(resolve, typingRests))

/** Whom a message of a channel mentions: its members, and in a public channel users found in the directory. */
export class ChannelMentions {
  #channel
  #further = []

  constructor(channel) { this.#channel = channel }

  people() { return [...this.#further, ...membersOf(this.#channel.id) ?? []] }

  async find(query, again, { isCurrent, count }) {
    const before = membersOf(this.#channel.id)
    if (await fetchMembers(this.#channel.id) !== before) again()
    if (this.#channel.type !== 'public' || !query || count() >= enough) return
    await rest()
    if (!isCurrent()) return
    this.#further = await findInDirectory(query)
    again()
  }
}

/** Whom a post mentions: people who may read it. `place` is `{topicId}` or `{categoryId}`. */
export class ForumMentions {
  #place
  #found = new Map()
  #asked = new Set()

  constructor(place) { this.#place = place }

  people() { return [...this.#found.values()] }

  async find(query, again, { isCurrent }) {
    if (this.#asked.has(query)) return
    await rest()
    if (!isCurrent()) return
    for (const person of await get('/api/forum/people' + queryOf({ ...this.#place, q: query }), { quiet: true }))
      this.#found.set(person.id, person)
    this.#asked.add(query)
    again()
  }
}
