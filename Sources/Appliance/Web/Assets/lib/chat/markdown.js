import { inline } from './inline.js'

const deepestQuote = 4
const fence = /^\s{0,3}(```+)\s*([\w+#.-]{0,30})\s*$/
const quoted = /^\s{0,3}>\s?/
const bullet = /^\s{0,3}[-*•]\s+(?=\S)/
const numbered = /^\s{0,3}(\d{1,9})[.)]\s+(?=\S)/

/**
 * Parses the Markdown of a message: [{type: "paragraph", children} | {type: "code", language, text} | {type:
 * "quote", blocks} | {type: "list", start: number|null, items: [children]}]; children are the result of
 * `inline`. Line breaks are kept.
 */
export function markdown(text, depth = 0) {
  const lines = text.split('\n')
  const blocks = []
  let index = 0
  while (index < lines.length) {
    const line = lines[index]
    const opened = fence.exec(line)
    if (opened) blocks.push(code(opened))
    else if (quoted.test(line) && depth < deepestQuote) blocks.push({ type: 'quote', blocks: markdown(run(quoted).join('\n'), depth + 1) })
    else if (bullet.test(line)) blocks.push({ type: 'list', start: null, items: run(bullet).map(item => inline(item)) })
    else if (numbered.test(line)) {
      const start = Number(numbered.exec(line)[1])
      blocks.push({ type: 'list', start, items: run(numbered).map(item => inline(item)) })
    } else if (!line.trim()) index += 1
    else blocks.push({ type: 'paragraph', children: inline(words().join('\n')) })
  }
  return blocks

  /** The next lines that match a beginning, without it. */
  function run(beginning) {
    const found = []
    while (index < lines.length && beginning.test(lines[index])) found.push(lines[index++].replace(beginning, ''))
    return found
  }

  function code([, mark, language]) {
    const inside = []
    index += 1
    const closing = new RegExp(`^\\s{0,3}\`{${mark.length},}\\s*$`)
    while (index < lines.length && !closing.test(lines[index])) inside.push(lines[index++])
    index += 1
    return { type: 'code', language, text: inside.join('\n') }
  }

  function words() {
    const found = [lines[index++]]
    while (index < lines.length && lines[index].trim() && !starts(lines[index])) found.push(lines[index++])
    return found
  }

  function starts(line) {
    return fence.test(line) || bullet.test(line) || numbered.test(line) || (quoted.test(line) && depth < deepestQuote)
  }
}

const emoji = '\\p{Extended_Pictographic}(?:\\uFE0F|\\p{Emoji_Modifier})?'
const onlyEmoji = new RegExp(`^(?:(?:${emoji}(?:\\u200D${emoji})*|\\p{Regional_Indicator}{2})\\s*){1,4}$`, 'u')

/** Whether a text is one to four emoji only, which are shown large. */
export const isEmoji = text => text.length < 120 && onlyEmoji.test(text.trim())

/** A Markdown text without its marks, on one line, for quotes and previews. */
export function plainText(text) {
  const line = nodes => nodes.map(node => node.children ? line(node.children) : node.type === 'break' ? ' ' : node.text).join('')
  const block = one => one.blocks ? one.blocks.map(block).join(' ') : one.items ? one.items.map(line).join(' · ') : one.children ? line(one.children) : one.text
  return markdown(text).map(block).join(' ').replace(/\s+/g, ' ').trim()
}
