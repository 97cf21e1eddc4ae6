import { get } from './api.js'
import { exact } from './format.js'
import { t } from './i18n.js'

const item = (id, signal) => get(`/api/messages/item/${encodeURIComponent(id)}`, { signal })

/** The subject with one prefix such as "Re: ", in the language of the page. */
export const prefixed = (prefix, subject) => {
  const start = `${prefix} `
  return subject.toLowerCase().startsWith(start.toLowerCase()) ? subject : `${start}${subject}`.slice(0, 200)
}

export const quoted = text => text.split('\n').map(line => `> ${line}`).join('\n')

/** The argument of `MessageComposer.begin`, from the query of the path and the id of a draft. */
export async function seedOf(query, draft, own, signal) {
  if (draft) return ofDraft(await get(`/api/messages/drafts/${encodeURIComponent(draft)}`, { signal }))
  if (query.has('reply')) return reply(await item(query.get('reply'), signal), own, query.has('all'))
  if (query.has('forward')) return forward(await item(query.get('forward'), signal))
  if (query.has('to')) return { recipients: [await get(`/api/users/${encodeURIComponent(query.get('to'))}`, { signal })] }
  return {}
}

const ofDraft = ({ id, recipients, subject, content, replyToId, forwardOfId, files }) =>
  ({ draft: id, recipients, subject, content, replyToId, forwardOfId, files })

/** A reply to the sender, or to everyone; a reply to one's own message goes to its recipients. */
export function reply(message, own, isToAll) {
  const { senderId, senderName, recipients, subject, content, createdAt, id } = message
  const sender = senderId && senderId !== own ? [{ id: senderId, name: senderName }] : []
  const others = recipients.filter(one => one.id && one.id !== own && one.id !== senderId)
  const head = t('messages.wrote', { name: senderName, time: exact(createdAt) })
  return {
    recipients: isToAll || !sender.length ? [...sender, ...others] : sender, replyToId: id,
    subject: prefixed(t('messages.re'), subject), content: `\n\n${head}\n${quoted(content)}`.slice(0, 20_000),
  }
}

function forward({ id, senderName, subject, content, createdAt, files }) {
  const head = t('messages.wrote', { name: senderName, time: exact(createdAt) })
  return {
    forwardOfId: id, subject: prefixed(t('messages.fwd'), subject), files,
    content: `\n\n${head}\n${quoted(content)}`.slice(0, 20_000),
  }
}
