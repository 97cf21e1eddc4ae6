import { ViewElement } from './element.js'
import { dropDraft } from './drafts.js'
import { missing, valuesOf } from './validation.js'

/** The fields to which errors without a field belong, by code. */
const fieldsOf = {
  TOTP_INVALID: ['code'],
  WRONG_PASSWORD: ['currentPassword', 'password'],
  EMAIL_TAKEN: ['email'],
  USERNAME_TAKEN: ['username'],
}

/**
 * An element with one form; `state` has its errors by field, the general error (`refusal`), and whether it is
 * being sent.
 */
export class FormElement extends ViewElement {
  state = { errors: {}, refusal: null, sending: false }

  change(patch) {
    Object.assign(this.state, patch)
    if (this.isConnected) this.draw()
  }

  refuse(errors, refusal = null) {
    this.change({ sending: false, errors, refusal })
    requestAnimationFrame(() => this.querySelector('[aria-invalid="true"]')?.focus())
  }

  /**
   * Calls `work(values, form)` if the required fields are filled. An `ApiError` is shown beside the fields
   * that it names, or above the form. Resolves to whether the work succeeded.
   */
  async attempt(event, form, required, work) {
    event.preventDefault()
    if (this.state.sending) return false
    const values = valuesOf(form)
    const errors = missing(values, required)
    if (Object.keys(errors).length) return this.refuse(errors)
    this.change({ sending: true, errors: {}, refusal: null })
    try {
      await work(values, form)
    } catch (error) {
      if (error.name === 'AbortError') return false
      if (!('byField' in error)) throw error
      const about = fieldsOf[error.code]?.find(field => form.elements.namedItem(field))
      if (about && !error.errors.length) error.errors.push({ field: about, message: error.message })
      const shown = Object.keys(error.byField).some(field => form.elements.namedItem(field))
      this.refuse(error.byField, shown ? null : error)
      return false
    }
    dropDraft(form.dataset.draft ?? '')
    this.change({ sending: false })
    return true
  }
}
