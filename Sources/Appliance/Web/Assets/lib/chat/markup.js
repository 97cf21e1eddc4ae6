import { html } from '../html.js'
import { t } from '../i18n.js'
import { icon } from '../icons.js'
import { isEveryone, isPerson } from './mentions.js'
import { isEmoji, markdown } from './markdown.js'

/** The markup of a message's text; mentions of `user`, the reader, are highlighted. */
export function textMarkup(text, user) {
  if (isEmoji(text)) return html`<p class="only-emoji">${text.trim()}</p>`
  return html`${markdown(text).map(block => blockMarkup(block, user))}`
}

function blockMarkup(block, user) {
  if (block.type === 'code') return html`
    <figure class="code">
      <figcaption>${block.language}<button type="button" class="link" data-click="copyCode">
        ${icon('copy')}${t('action.copy')}</button></figcaption>
      <pre tabindex="-1"><code>${block.text}</code></pre></figure>`
  if (block.type === 'quote') {
    const inside = block.blocks.map(one => blockMarkup(one, user))
    return html`<blockquote>${inside}</blockquote>`
  }
  if (block.type === 'paragraph') return html`<p>${line(block.children, user)}</p>`
  const items = block.items.map(item => html`<li>${line(item, user)}</li>`)
  return block.start === null ? html`<ul>${items}</ul>` : html`<ol start="${block.start}">${items}</ol>`
}

const line = (nodes, user) => nodes.map(node => nodeMarkup(node, user))

function nodeMarkup(node, user) {
  switch (node.type) {
    case 'text': return node.text
    case 'break': return html`<br>`
    case 'code': return html`<code>${node.text}</code>`
    case 'bold': return html`<strong>${line(node.children, user)}</strong>`
    case 'italic': return html`<em>${line(node.children, user)}</em>`
    case 'strike': return html`<s>${line(node.children, user)}</s>`
    case 'link': return linkMarkup(node, user)
    case 'mention': {
      const mine = isEveryone(node.name) || isPerson(node.name, user)
      if (isEveryone(node.name)) return html`<span class="mention" ?data-me=${mine}>${node.text}</span>`
      return html`<button type="button" class="mention" ?data-me=${mine}
        data-person-name="${node.name}">${node.text}</button>`
    }
  }
}

/** Links to other sites open in a new tab, without a referrer. */
function linkMarkup({ href, children }, user) {
  const inside = line(children, user)
  if (href.startsWith(`${location.origin}/`)) return html`<a href="${href}">${inside}</a>`
  return html`<a href="${href}" target="_blank" rel="noopener noreferrer">${inside}</a>`
}
