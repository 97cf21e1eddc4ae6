export const categories = ['regulation', 'policy', 'guide', 'procedure']

/** The fields of the form, in groups. A new document includes its file; later files are versions. */
export const groupsOf = isNew => [
  { names: ['title', 'description', 'category', ...isNew ? ['fileUrl', 'version'] : []] },
  { label: 'document.groupWho', names: ['audience', 'isPublic', 'requiresConfirmation'] },
  { label: 'document.groupHow', names: ['approverId', 'ownerId', 'reviewAt'] },
]

/** The type of a file, for its icon: "PDF", "DOCX". */
export function kindOf({ fileName, fileUrl }) {
  const found = /\.([a-z0-9]{1,5})$/i.exec(fileName || fileUrl || '')
  return found ? found[1].toUpperCase() : fileUrl ? 'WEB' : '–'
}

/** How a file can be shown on the page: "picture", "pdf", "text" or null. */
export function previewOf(type) {
  if (/^image\/(png|jpeg|gif|webp)$/.test(type ?? '')) return 'picture'
  if (type === 'application/pdf') return 'pdf'
  return type === 'text/plain' ? 'text' : null
}

/** Whether the review date has passed, or is within a week. */
export const isDue = ({ reviewAt }, now = Date.now()) => Boolean(reviewAt) && Date.parse(reviewAt) - now < 7 * 86_400_000

/** The parts of a label like "1.10" as numbers; null for other labels. */
const numbersOf = label => /^\d{1,6}(\.\d{1,6})*$/.test(label) ? label.split('.').map(Number) : null

function compare(one, other) {
  for (let at = 0; at < Math.max(one.length, other.length); at += 1) {
    const difference = (one[at] ?? 0) - (other[at] ?? 0)
    if (difference) return difference
  }
  return 0
}

/**
 * The label after the highest of the labels, as the server counts: "1.2" becomes "1.3", "B" becomes "B.1". The
 * first label is used when it is not made of numbers.
 */
export function nextVersion([first, ...others]) {
  let highest = first
  for (const label of numbersOf(first) ? others : [])
    if (numbersOf(label) && compare(numbersOf(label), numbersOf(highest)) > 0) highest = label
  const parts = highest.split('.')
  if (parts.length < 2 || !/^\d{1,6}$/.test(parts.at(-1))) return `${highest}.1`.slice(0, 20)
  return [...parts.slice(0, -1), Number(parts.at(-1)) + 1].join('.').slice(0, 20)
}
