import { ViewElement } from './element.js'
import { dropDraft } from './drafts.js'
import { missing, valuesOf } from './validation.js'

/** The fields that a refusal without any is about. */
const fieldsOf = {
  TOTP_INVALID: ['code'],
  WRONG_PASSWORD: ['currentPassword', 'password'],
  EMAIL_TAKEN: ['email'],
  USERNAME_TAKEN: ['username'],
}

/** An element with one form: what is wrong with it, and whether it is on its way. */
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
   * Sends a form by `work(values)` once its required fields are filled. Refusals go beside the fields
   * that they name, or above the form. Resolves to whether it went through.
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
