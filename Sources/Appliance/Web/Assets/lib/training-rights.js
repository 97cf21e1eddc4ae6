import { t } from './i18n.js'
import { can, session } from './session.js'
import { describe } from './tables.js'

export const right = 'manage_trainings'

/** Whether the user records attendance: who manages trainings, and the instructor. */
export const mayLead = ({ instructorId }) => can(right) || instructorId !== null && instructorId === String(session.get().user?.id)

/** The fields of the form, in groups. */
const groups = [
  { names: ['title', 'description', 'category', 'difficulty', 'startDate', 'endDate', 'duration', 'location', 'maxParticipants'] },
  { label: 'training.groupWho', names: ['instructorId', 'externalInstructor', 'audience', 'isVisible', 'isActive'] },
  { label: 'training.groupMandatory', names: ['isMandatory', 'dueDate', 'validMonths'] },
  { label: 'training.groupFiles', names: ['thumbnailUrl', 'documentUrls'] },
]

/** The table of trainings for its dialog; null for a reader who may not see it. */
export async function trainingTable() {
  const table = await describe('trainings', groups)
  return table && { ...table, title: t('training.new'), said: () => t('training.saved') }
}
