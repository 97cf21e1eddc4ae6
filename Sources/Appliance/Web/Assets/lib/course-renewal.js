import { post } from './api.js'
import { confirm } from './dialogs.js'
import { t } from './i18n.js'
import { toast } from './toast.js'

/** Asks, and begins a course again, whose certificate has this status. Resolves to whether that was done. */
export async function renewCourse(course, status) {
  const text = t(status === 'valid' ? 'cert.askRenewText' : 'cert.askRenewAnew')
  if (!await confirm({ title: t('cert.askRenew'), text, yes: t('cert.renew') })) return false
  try {
    await post(`/api/courses/${encodeURIComponent(course)}/renew`)
    toast(t('cert.renewed'), 'success')
    return true
  } catch (error) {
    toast(error.message, 'error')
    return false
  }
}
