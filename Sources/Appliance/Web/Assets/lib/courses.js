/** Whoever has it writes courses. */
export const right = 'manage_trainings'

export const categories = ['technical', 'compliance', 'soft-skills', 'leadership']

/** The fields of a course's form, in groups. */
export const courseGroups = [
  { names: ['title', 'description', 'category', 'difficulty', 'duration', 'thumbnailUrl', 'validMonths'] },
  { label: 'course.groupMandatory', names: ['isMandatory', 'dueDate', 'audience'] },
  { label: 'course.groupMore', names: ['prerequisites', 'tags'] },
]

/** The fields of a lesson's form, in groups; its course and its place are not among them. */
export const lessonGroups = [
  { names: ['title', 'description', 'content', 'duration', 'isRequired'] },
  { label: 'lesson.groupFiles', names: ['videoUrl', 'documentUrl'] },
]

/**
 * The lesson at which to go on: the last one, if it is not completed; else the next one that is not; else the
 * first one that is not; null when all are completed.
 */
export function nextLesson(steps, last) {
  const open = steps.filter(({ isCompleted }) => !isCompleted)
  const at = steps.find(({ lessonId }) => lessonId === last)
  return (at && open.find(({ order }) => order >= at.order)) ?? open[0] ?? null
}

/** How many minutes a course takes: as its author says, or the sum of its lessons. */
export const minutesOf = ({ duration }, steps) => duration || steps.reduce((sum, step) => sum + step.duration, 0)

/** A list with one element moved to another place. */
export function moved(list, from, to) {
  const others = list.filter((_, index) => index !== from)
  return [...others.slice(0, to), list[from], ...others.slice(to)]
}

/** What stands for an upload in a text: shown, if it is a picture, a sound or a video, else a link. */
export function markdownFor({ fileName, fileUrl, type }) {
  const name = fileName.replace(/[[\]\\]/g, ' ')
  return `${/^(image|audio|video)\//.test(type) ? '!' : ''}[${name}](${fileUrl})`
}

/** How a file is shown: "video", "audio", or null for a link. */
export const playerOf = type => /^(video|audio)\//.exec(type ?? '')?.[1] ?? null

/** Whether an address leads to another site. */
export const isOutside = address => /^https?:\/\//i.test(address)

/** The largest archive of a course, in bytes. */
export const largestArchive = 100 * 1024 ** 2
