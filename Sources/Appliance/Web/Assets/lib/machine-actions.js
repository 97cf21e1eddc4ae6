import { confirm } from './dialogs.js'
import { toast } from './toast.js'
import { post, remove } from './api.js'
import { t } from './i18n.js'
import { applyAnswer } from './live.js'
import { refreshHost } from './session.js'

const asked = new Set(['stop', 'reboot', 'force-stop', 'delete'])
const dangerous = new Set(['force-stop', 'delete'])

/** Sends an action, after a question if it interrupts or destroys something. The job shows the progress. */
export async function perform(machine, action) {
  if (asked.has(action)) {
    const yes = await confirm({
      title: t(`ask.${action}`, { name: machine.name }),
      text: t(`ask.${action}Text`),
      yes: t(`do.${action}`),
      danger: dangerous.has(action),
    })
    if (!yes) return
  }
  const path = `/api/vms/${encodeURIComponent(machine.id)}`
  try {
    const answer = action === 'delete' ? await remove(path) : await post(`${path}/action`, { action })
    applyAnswer(answer)
    if (action === 'delete') refreshHost()
  } catch (error) {
    toast(error.message, 'error')
  }
}
