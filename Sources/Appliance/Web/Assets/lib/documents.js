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
