import { confirm } from '../elements/confirm-dialog.js'
import { toast } from '../elements/toast-list.js'
import { post, remove } from './api.js'
import { t } from './i18n.js'
import { applyAnswer } from './live.js'
import { refreshHost } from './session.js'

const asked = new Set(['stop', 'reboot', 'force-stop', 'delete'])
const dangerous = new Set(['force-stop', 'delete'])

/** Asks first where something would be cut or lost, then sends the action; its job shows the rest. */
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
