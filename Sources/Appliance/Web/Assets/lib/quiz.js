/** The types of question, in the order in which they are offered. */
export const types = ['single', 'multiple', 'boolean', 'text', 'number', 'order', 'match']

/** The most options of a question. */
export const mostOptions = 30

/** Whether an answer says anything. */
export const isAnswered = answer => Array.isArray(answer)
  ? answer.some(one => one !== null) : answer !== null && answer !== undefined && String(answer).trim() !== ''

const decimalOf = text => /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN

/** A number as people write it, also as a fraction, or null; the server reads it so too. */
export function numberOf(text) {
  const parts = String(text).replace(/\s/g, '').replace(/,/g, '.').replace(/\u2212/g, '-').split('/')
  const [number, divisor = 1] = parts.map(decimalOf)
  const value = parts.length > 2 ? NaN : number / divisor
  return Number.isFinite(value) ? value : null
}

/** An answer as it is sent: what is half typed in a number is not yet one. */
export function sent(question, answer) {
  if (!isAnswered(answer)) return null
  return question.type === 'number' ? numberOf(answer) : answer
}

/** The minutes and seconds left, "9:05", or "1:02:05" from an hour on. */
export function clockOf(seconds) {
  const whole = Math.max(0, Math.floor(seconds))
  const two = value => String(value).padStart(2, '0')
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60]
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`
}

/** A list with an option chosen, or no longer chosen. */
export const toggled = (list, index) =>
  (list ?? []).includes(index) ? list.filter(one => one !== index) : [...list ?? [], index].sort((a, b) => a - b)

/** How an answered question is marked: "right", "partly", "wrong" or "open". */
export function markOf({ share }) {
  if (share === null || share === undefined) return 'open'
  return share >= 1 ? 'right' : share > 0 ? 'partly' : 'wrong'
}

let counter = 0
const keyed = values => ({ key: `q${counter += 1}`, ...values })

/** A new question in the editor. */
export const blank = type => keyed({
  type, text: '', imageUrl: '', points: '1', explanation: '', truth: null, texts: '', value: '', tolerance: '',
  options: [option(), option()],
})

/** An option in the editor; of a match, with what it belongs to. */
export const option = (text = '', more = {}) => keyed({ text, match: '', isRight: false, ...more })

/** A question of the editor that was kept, with keys of this page. */
export const restored = ({ key, options, ...question }) => keyed({
  ...question, options: options.map(({ key: _, ...one }) => keyed(one)),
})

/** A copy of a question, which is a question of its own. */
export const copyOf = ({ id, ...question }) => restored(question)

/** Whether GIFT would lose a part of a question: its picture, or what in a match belongs to nothing. */
export const losesInGift = ({ imageUrl, type, options }) => Boolean(imageUrl)
  || type === 'match' && options.some(({ text, match }) => !text.trim() && match.trim())

/** A question of the API as the editor has it: an order in its right order, a match as pairs. */
export function draftOf(question) {
  const { id, type, text, imageUrl, explanation, options, choices, correctAnswer: right } = question
  const draft = { ...blank(type), id, text, imageUrl, explanation, points: String(question.points), options: [option(), option()] }
  if (type === 'single') draft.options = options.map((one, index) => option(one, { isRight: index === right }))
  if (type === 'multiple') draft.options = options.map((one, index) => option(one, { isRight: right.includes(index) }))
  if (type === 'boolean') draft.truth = right
  if (type === 'text') draft.texts = right.join('\n')
  if (type === 'number') Object.assign(draft, { value: String(right.value), tolerance: right.tolerance ? String(right.tolerance) : '' })
  if (type === 'order') draft.options = right.map(index => option(options[index]))
  if (type === 'match') draft.options = [
    ...options.map((one, index) => option(one, { match: choices[right[index]] })),
    ...choices.filter((_, index) => !right.includes(index)).map(match => option('', { match })),
  ]
  return draft
}

/** A question of the editor as the API takes it. What is missing is left to the server to say. */
export function bodyOf(draft) {
  const { id, type, text, imageUrl, explanation, options } = draft
  const body = { type, text, imageUrl, explanation, points: numberOf(draft.points), ...id && { id } }
  const filled = options.filter(one => one.text.trim())
  const rights = filled.flatMap((one, index) => one.isRight ? [index] : [])
  switch (type) {
    case 'single': return { ...body, options: texts(filled), correctAnswer: rights[0] ?? null }
    case 'multiple': return { ...body, options: texts(filled), correctAnswer: rights }
    case 'boolean': return { ...body, correctAnswer: draft.truth }
    case 'text': return { ...body, correctAnswer: draft.texts.split('\n').map(one => one.trim()).filter(Boolean) }
    case 'number': return { ...body, correctAnswer: { value: numberOf(draft.value) ?? 'none', tolerance: draft.tolerance.trim() ? numberOf(draft.tolerance) ?? -1 : 0 } }
    case 'order': return { ...body, options: texts(filled) }
    default: return {
      ...body, options: texts(filled), correctAnswer: filled.map(({ match }) => match.trim()),
      choices: distinct(options.map(({ match }) => match.trim()).filter(Boolean)),
    }
  }
}

const texts = options => options.map(({ text }) => text)
const distinct = list => [...new Set(list)]

/**
 * The messages of an error: by question and its field, {index: {name: sentence}}, where what is wrong with options and
 * with which of them is right is one field, "answers"; and by field of the quiz.
 */
export function errorsOf(error) {
  const found = { questions: {}, fields: {} }
  for (const { field, message } of error.errors ?? []) {
    const [, index, name = ''] = /^questions\[(\d+)\](?:\.(\w+))?/.exec(field) ?? []
    const isAnswers = ['options', 'choices', 'correctAnswer'].includes(name)
    if (index === undefined) found.fields[field] ??= message
    else (found.questions[index] ??= {})[isAnswers ? 'answers' : name] ??= message
  }
  return found
}
