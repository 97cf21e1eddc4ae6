import { moved } from './courses.js'

/** Changes of the questions that an author edits; each answers a new list. */

export const changed = (drafts, key, values) => drafts.map(one => one.key === key ? { ...one, ...values } : one)

/** Changes the options of one question by a function of them. */
export const optionsChanged = (drafts, key, change) =>
  drafts.map(one => one.key === key ? { ...one, options: change(one.options) } : one)

export const optionChanged = (drafts, key, option, values) =>
  optionsChanged(drafts, key, options => changed(options, option, values))

/** Marks an option as right or wrong; where one answer is right, the others become wrong. */
export const marked = (drafts, key, option, isRight) => drafts.map(one => one.key === key ? {
  ...one, options: one.options.map(other => ({
    ...other, isRight: other.key === option ? isRight : one.type === 'multiple' && other.isRight,
  })),
} : one)

export const inserted = (drafts, at, draft) => [...drafts.slice(0, at), draft, ...drafts.slice(at)]

export const without = (drafts, key) => drafts.filter(one => one.key !== key)

/** With the one of this key moved by some places. */
export function shifted(list, key, step) {
  const from = list.findIndex(one => one.key === key)
  return moved(list, from, from + step)
}
