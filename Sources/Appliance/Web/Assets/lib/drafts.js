const storageKey = 'obox.drafts'
const secret = /password|code|secret/i

/** The unsent values of forms with `data-draft`: {owner, forms: {name: {path, values}}}. */
let drafts = kept()
const restored = new WeakSet()

function kept() {
  try { return JSON.parse(sessionStorage.getItem(storageKey)) ?? fresh() } catch { return fresh() }
}

function fresh() { return { owner: null, forms: {} } }

function keep() {
  try { sessionStorage.setItem(storageKey, JSON.stringify(drafts)) } catch { /* storage is off */ }
}

const worthKeeping = ({ name, type, value }) =>
  name && type !== 'password' && type !== 'file' && !secret.test(name) && !/PRIVATE KEY/.test(value)

function typed({ target }) {
  const form = target.closest?.('form[data-draft]')
  if (!form || !worthKeeping(target)) return
  const { draft } = form.dataset
  const { values } = drafts.forms[draft] ?? { values: {} }
  const value = target.type === 'checkbox' ? target.checked : target.value
  drafts.forms[draft] = { path: location.pathname, values: { ...values, [target.name]: value } }
  keep()
}

/** Starts to store what is typed, per tab. */
export function startDrafts() {
  document.addEventListener('input', typed)
}

/** Selects the user whose drafts these are; those of another user are removed. */
export function draftsOf(owner) {
  if (drafts.owner !== null && drafts.owner !== owner) drafts = fresh()
  drafts.owner = owner
  keep()
}

/** The unsent values of a form, {field: value}; null when there are none. */
export const draftOf = name => drafts.forms[name]?.values ?? null

/** Removes the draft of a form that was sent or cancelled; without a name, of all forms. */
export function dropDraft(name) {
  if (name === undefined) drafts.forms = {}
  else delete drafts.forms[name]
  keep()
}

/** Gives the draft of a form to another one, unless that has one. */
export function moveDraft(name, other) {
  if (!drafts.forms[name]) return
  drafts.forms[other] ??= drafts.forms[name]
  dropDraft(name)
}

/** Restores the drafts of the forms inside `root`, once each. */
export function restoreDrafts(root) {
  if (!Object.keys(drafts.forms).length) return
  for (const form of root.querySelectorAll('form[data-draft]')) {
    const draft = drafts.forms[form.dataset.draft]
    if (!draft || restored.has(form) || !form.elements.length) continue
    restored.add(form)
    for (const field of form.elements) if (field.name in draft.values) refill(field, draft.values[field.name])
  }
}

function refill(field, value) {
  if (field.type === 'checkbox') field.checked = value
  else if (field.type === 'radio') { if (field.value !== value) return; field.checked = true }
  else field.value = value
  field.dispatchEvent(new Event('input', { bubbles: true }))
  field.dispatchEvent(new Event('change', { bubbles: true }))
}
