import { configuration, settingOf } from '../lib/configuration.js'
import { date } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'

/** What the page shows of the server and cannot change. */
export function serverFacts() {
  const { settings, certificate } = configuration.get()
  if (!settings) return html``
  const value = name => settingOf(name)?.value ?? ''
  const facts = [
    [t('config.LISTEN'), `${value('LISTEN')}:${value('PORT')}`],
    [t('config.PORT_RANGE'), `${value('PORT_RANGE_START')}–${value('PORT_RANGE_END')}`],
    [t('config.IMAGES_DIR'), value('IMAGES_DIR')],
    [t('config.LIBVIRT_URI'), value('LIBVIRT_URI')],
    [t('config.TLS'), t(`config.TLS.${value('TLS')}`)],
    ...certificate ? [[t('config.expires'), date(certificate.expiresAt)],
      [t('config.sha256'), html`<code class="fingerprint">${certificate.sha256}</code>`]] : [],
  ]
  return html`<dl class="facts" data-key="facts">${facts.map(([name, text]) => html`
    <div><dt>${name}</dt><dd>${text}</dd></div>`)}</dl>`
}
