/** The deepest nesting of marks; deeper ones stay text. */
const deepest = 12
const kinds = { '***': 'both', '**': 'bold', __: 'bold', '*': 'italic', _: 'italic', '~~': 'strike' }

const special = /\\[\\`*_~[\]@>#()-]|`+|\*{1,3}|__?|~~|\[|(?:https?:\/\/|www\.)[^\s<>]+|[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,6}|@|\n/gu
const link = /\[([^[\]\n]{1,300})\]\(\s{0,3}([^\s()<>]{1,2000}(?:\([^\s()<>]{0,500}\)[^\s()<>]{0,500})?)\s{0,3}\)/uy
const name = /@([\w.-]*[A-Za-z0-9])/y
const wordy = /[\p{L}\p{N}_]/u
const blank = /^\s?$/u

/** The `href` of an address if it is http, https or mailto; else null. */
export function safeAddress(text) {
  const wanted = /^www\./i.test(text) ? `https://${text}` : text
  if (!/^(?:https?:\/\/|mailto:)/i.test(wanted)) return null
  try {
    const { protocol, href } = new URL(wanted)
    return ['http:', 'https:', 'mailto:'].includes(protocol) ? href : null
  } catch { return null }
}

/** An address without the punctuation of the sentence behind it. */
function trimmed(address) {
  const count = letter => address.split(letter).length - 1
  let unopened = count(')') - count('(')
  let end = address.length
  for (; end > 0; end -= 1) {
    const last = address[end - 1]
    if (last === ')' && unopened > 0) unopened -= 1
    else if (!/[.,;:!?'"»*_~\]]/.test(last)) break
  }
  return address.slice(0, end)
}

/** The whole character (one or two code units) before or at an index; "" beyond the ends. */
const charBefore = (text, index) => [...text.slice(Math.max(0, index - 2), index)].at(-1) ?? ''
const charAt = (text, index) => [...text.slice(index, index + 2)][0] ?? ''

/**
 * Parses the inline Markdown of a paragraph: [{type: "text" | "code", text} | {type: "break"} | {type:
 * "link", href, children} | {type: "mention", name, text} | {type: "bold" | "italic" | "strike", children}].
 * In linear time.
 */
export function inline(text, { links = true } = {}) {
  const nodes = []
  const openers = []
  const unclosed = new Set()
  const addText = words => {
    if (!words) return
    const last = nodes.at(-1)
    if (last?.type === 'text' && !last.mark) last.text += words
    else nodes.push({ type: 'text', text: words })
  }
  let end = 0
  special.lastIndex = 0
  for (let hit = special.exec(text); hit; hit = special.exec(text)) {
    addText(text.slice(end, hit.index))
    end = hit.index + hit[0].length
    apply(hit[0], hit.index)
    special.lastIndex = end
  }
  addText(text.slice(end))
  return nodes.map(plain)

  function apply(found, at) {
    if (found === '\n') return nodes.push({ type: 'break' })
    if (found[0] === '\\') return addText(found.slice(1))
    if (found[0] === '`') return code(found, at)
    if (found === '[') return linked(at)
    if (found === '@') return mention(at)
    if (found in kinds) return marked(found, at)
    if (links && !wordy.test(charBefore(text, at))) return address(found, at)
    addText(found)
  }

  function code(fence, at) {
    const from = at + fence.length
    let close = unclosed.has(fence.length) ? -1 : text.indexOf(fence, from)
    while (close >= 0 && text[close + fence.length] === '`') {
      let after = close
      while (text[after] === '`') after += 1
      close = text.indexOf(fence, after)
    }
    if (close < 0) { unclosed.add(fence.length); return addText(fence) }
    const inside = text.slice(from, close).replaceAll('\n', ' ')
    nodes.push({ type: 'code', text: /^ .*[^ ].* $/.test(inside) ? inside.slice(1, -1) : inside })
    end = close + fence.length
  }

  function linked(at) {
    link.lastIndex = at
    const found = links && link.exec(text)
    const href = found && safeAddress(found[2])
    if (!href) return addText('[')
    nodes.push({ type: 'link', href, children: inline(found[1], { links: false }) })
    end = link.lastIndex
  }

  function mention(at) {
    name.lastIndex = at
    const found = !links || /[\w.-]|[^\x00-\x7f]/u.test(charBefore(text, at)) ? null : name.exec(text)
    if (!found) return addText('@')
    nodes.push({ type: 'mention', name: found[1], text: found[0] })
    end = name.lastIndex
  }

  function address(found, at) {
    const words = trimmed(found)
    const href = safeAddress(/^(?:https?:\/\/|www\.)/i.test(words) ? words : `mailto:${words}`)
    if (!href || /^(?:https?:\/\/|www\.)$/i.test(words)) return addText(found)
    nodes.push({ type: 'link', href, children: [{ type: 'text', text: words }] })
    end = at + words.length
  }

  function marked(mark, at) {
    const [left, right] = [charBefore(text, at), charAt(text, at + mark.length)]
    const underscore = mark[0] === '_'
    const opens = !blank.test(right) && !(underscore && wordy.test(left))
    const closes = !blank.test(left) && !(underscore && wordy.test(right))
    const place = closes ? openers.findLastIndex(one => one.mark === mark) : -1
    if (place >= 0 && openers[place].index < nodes.length - 1) {
      const { index } = openers[place]
      openers.length = place
      const children = nodes.splice(index).slice(1).map(plain)
      return nodes.push(mark === '***' ? { type: 'bold', children: [{ type: 'italic', children }] } : { type: kinds[mark], children })
    }
    if (!opens || openers.length >= deepest) return addText(mark)
    openers.push({ mark, index: nodes.length })
    nodes.push({ type: 'text', text: mark, mark })
  }
}

const plain = ({ mark, ...node }) => node
