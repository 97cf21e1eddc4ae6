import { get } from './api.js'

export const reactions = { like: '👍', love: '❤️', laugh: '😂', angry: '😠' }
export const flags = ['isPinned', 'isAnnouncement', 'isLocked']

export const topicPath = (id, rest = '') => `/api/forum/topics/${encodeURIComponent(id)}${rest}`
export const postPath = (id, rest = '') => `/api/forum/posts/${encodeURIComponent(id)}${rest}`

const versionOf = ({ updatedAt }) => Date.parse(updatedAt)

/** The headers that name a topic or a post as it was read, so that a change of another version is refused. */
export const topicTag = topic => ({ 'If-Match': `"${versionOf(topic)}"` })

/** The same of a topic with its first post, which are approved together; null for none. */
export const openingTag = (topic, first) => ({ 'If-Match': `"${versionOf(topic)}-${first ? versionOf(first) : 0}"` })

/** The words of a text with commas between them. */
export const tagsOf = text => [...new Set(String(text ?? '').split(',').map(word => word.trim()).filter(Boolean))]

const pageSize = 30

/**
 * The posts of a topic that are loaded: a part of its order, extended at both ends. `changed()` is called after each
 * answer.
 */
export class ForumThread {
  /** The topic; null until it is known. */
  value = null
  posts = []
  error = null
  busy = false
  hasEarlier = false
  hasLater = false
  /** The number of the first post that was unread when the topic was opened. */
  firstUnread = null
  #id
  #changed
  #isAgain = false

  constructor(id, changed) {
    this.#id = id
    this.#changed = changed
  }

  /** Opens the topic at a post, at the first unread one, or at its beginning. */
  async open(post) {
    await this.#ask(async () => {
      const [topic, target] = await Promise.all([
        get(topicPath(this.#id)), post ? get(postPath(`item/${post}`)).catch(() => null) : null,
      ])
      this.firstUnread = topic.firstUnread
      const at = target?.number ?? topic.firstUnread
      const { posts, next } = await this.#page(`after=${at ? at - 1 : 0}&limit=${pageSize}`, 'X-Next-After')
      this.value = topic
      this.posts = posts
      this.hasLater = next !== null
      this.hasEarlier = Boolean(at) && !posts[0]?.isFirstPost
    })
  }

  earlier() {
    return this.#ask(async () => {
      const { posts, next } = await this.#page(`before=${this.posts[0].number}&limit=${pageSize}`, 'X-Next-Before')
      this.posts = [...posts, ...this.posts]
      this.hasEarlier = next !== null
    })
  }

  later() {
    return this.#ask(async () => {
      const { posts, next } = await this.#page(`after=${this.posts.at(-1)?.number ?? 0}&limit=${pageSize}`, 'X-Next-After')
      this.posts = [...this.posts, ...posts]
      this.hasLater = next !== null
    })
  }

  /** Fetches the topic and the loaded posts again, and those that follow if the end was loaded. */
  async refresh() {
    if (this.busy || !this.value) {
      this.#isAgain = true
      return
    }
    await this.#ask(async () => {
      const after = this.hasEarlier ? (this.posts[0]?.number ?? 1) - 1 : 0
      const limit = Math.min(500, this.posts.length + (this.hasLater ? 0 : pageSize))
      const [topic, { posts, next }] = await Promise.all([
        get(topicPath(this.#id)), this.#page(`after=${after}&limit=${Math.max(1, limit)}`, 'X-Next-After'),
      ])
      this.value = topic
      this.posts = posts
      this.hasLater = next !== null
    })
  }

  async #page(query, header) {
    let next = null
    const posts = await get(topicPath(this.#id, `/posts?${query}`), { onHeaders: headers => { next = headers.get(header) } })
    return { posts, next }
  }

  async #ask(work) {
    this.busy = true
    try {
      await work()
      this.error = null
    } catch (error) {
      this.error = error
      if (error.status === 404) this.value = null
    }
    this.busy = false
    this.#changed()
    if (!this.#isAgain) return
    this.#isAgain = false
    if (this.value) this.refresh()
  }
}
