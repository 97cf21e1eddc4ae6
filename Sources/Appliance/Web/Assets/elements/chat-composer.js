import { ViewElement } from '../lib/element.js'
import { t } from '../lib/i18n.js'
import { mayCallEveryone } from '../lib/channel-rights.js'
import { channelOf, chat, draftOf, draftsElsewhere, editMessage, isOutboxFull, myLastMessage, replyTo, threadOf, typing } from '../lib/chat/store.js'
import { closeEmoji, AutocompleteMenu } from '../lib/autocomplete-menu.js'
import { wrapped } from '../lib/autocomplete.js'
import { ChannelMentions } from '../lib/mentions.js'
import { fillFrom, keepTyped, saveEdit, sendWritten, textToEdit, tooLong, unfinishedEdit, writingState } from '../lib/composer.js'
import { pickEmoji } from '../lib/dialogs.js'
import { DropZone, pastedAtLength, pastedFiles, textFile } from '../lib/drop-zone.js'
import { keepEdit } from '../lib/edit-drafts.js'
import { isInvisible } from '../lib/invisible.js'
import { session, socket } from '../lib/session.js'
import { grow, isTouch, replaceIn, retype } from '../lib/text-box.js'
import { toast } from '../lib/toast.js'
import { addFiles, mostFiles, uploads, uploadsOf } from '../lib/uploads.js'
import { closedNote } from './composer-closed.js'
import { composerView } from './composer-view.js'

const marks = { b: '**', i: '_', e: '`' }

/**
 * The composer of the channel `data-channel`: text, files, mentions, emoji; for new messages, replies and
 * edits.
 */
class ChatComposer extends ViewElement {
  static observedAttributes = ['data-channel']
  #channel = null
  #leave = () => {}
  #about = { editing: null, replyingTo: null }
  #pasted = null
  #awaits = false
  #filled = null
  #drop = null
  #autocomplete = new AutocompleteMenu(() => this.update())
  #mentions = null

  connected() {
    for (const store of [chat, uploads, session, socket.connection]) this.watch(store)
    this.watch(uploads, () => this.#uploaded())
    this.watch(draftsElsewhere, ({ channel }) => this.#refill(channel))
    this.every(1000, () => { if (this.querySelector('[role=timer]')) this.update() })
    this.listen(this, 'keydown', event => { if (event.target === this.box) this.#pressed(event) })
    this.listen(this, 'paste', event => { if (event.target === this.box) this.#paste(event) })
    this.listen(this, 'mousedown', event => this.#chosen(event))
    this.listen(document, 'selectionchange', () => { if (document.activeElement === this.box) this.#look() })
    this.listen(this, 'focusout', () => { this.#autocomplete.shut(); typing(this.#channel, false) })
    this.listen(window, 'beforeunload', event => { if (this.box && this.#state().uploading) event.preventDefault() })
    this.#drop = new DropZone(this, files => this.addFiles(files), () => this.box && !this.#about.editing)
  }

  disconnected() {
    this.#leave()
    this.#channel = null
  }

  get channel() { return channelOf(this.#channel) }
  get box() { return this.querySelector('#composer-text') }

  drawn() {
    if (this.#channel !== this.dataset.channel || this.#filled !== this.box) this.#enter(this.dataset.channel)
    if (this.box) grow(this.box)
    this.#drop.cover(this.querySelector('.drop-hint'))
  }

  /** Switches to another channel and restores its draft. */
  #enter(channel) {
    this.#leave()
    this.#channel = channel
    this.#filled = this.box
    this.#pasted = null
    this.#awaits = false
    this.#about = { editing: null, replyingTo: null }
    this.#autocomplete.shut()
    if (!this.box) return
    this.box.value = fillFrom(channel)
    this.#leave = threadOf(channel).subscribe(() => { this.#follow(); this.#resume() })
    this.#follow()
    this.#resume()
    this.update()
    requestAnimationFrame(() => { if (!isTouch() && document.activeElement?.matches('body, #content, a.channel')) this.box?.focus() })
  }

  /** Restores the draft after another tab has changed or sent it. */
  #refill(channel) {
    if (channel !== this.#channel || !this.box || this.#about.editing) return
    this.box.value = draftOf(channel)?.text ?? ''
    fillFrom(channel)
    this.update()
  }

  /** Resumes an edit begun before a reload, once its message is loaded. */
  #resume() {
    const message = this.#about.editing ? null : unfinishedEdit(this.#channel)
    if (message) editMessage(this.#channel, message)
  }

  /**
   * Follows the begin and the end of a reply or an edit, which may come from the menu of a message or a key.
   */
  #follow() {
    const { editing, replyingTo } = threadOf(this.#channel).get()
    const before = this.#about
    this.#about = { editing, replyingTo }
    if (before.editing && !editing) keepEdit(this.#channel, null)
    if (editing?.id !== before.editing?.id) {
      this.box.value = editing ? textToEdit(this.#channel, editing) : fillFrom(this.#channel)
      this.#pasted = null
      this.box.setSelectionRange(this.box.value.length, this.box.value.length)
    }
    if ((editing && editing.id !== before.editing?.id) || (replyingTo && replyingTo.id !== before.replyingTo?.id)) this.box.focus()
    this.update()
  }

  view() {
    const channel = channelOf(this.dataset.channel)
    return closedNote(channel) ?? composerView({
      channel, ...this.#about, autocomplete: this.#autocomplete, state: { ...this.#state(), awaits: this.#awaits }, drops: Boolean(this.#drop.place),
    })
  }

  #state() {
    return writingState(this.channel ?? channelOf(this.dataset.channel), this.box?.value ?? '', this.#about.editing)
  }

  #look() {
    const { channel } = this
    if (this.#mentions?.id !== channel?.id) this.#mentions = channel && { id: channel.id, source: new ChannelMentions(channel) }
    this.#autocomplete.look(this.box, this.#mentions?.source, mayCallEveryone(channel))
  }

  typed(event, box) {
    closeEmoji(box, event)
    if (this.#about.editing) keepEdit(this.#channel, { id: this.#about.editing.id, text: box.value })
    else keepTyped(this.#channel, box.value)
    typing(this.#channel, !isInvisible(box.value))
    this.#awaits = false
    grow(box)
    this.#look()
    this.update()
  }

  #pressed(event) {
    const { box } = this
    if (this.#autocomplete.press(event, box) || event.isComposing) return
    const command = (event.ctrlKey || event.metaKey) && !event.altKey
    if (command && !event.shiftKey && marks[event.key]) {
      event.preventDefault()
      const { text, start, end } = wrapped(box.value, box.selectionStart, box.selectionEnd, marks[event.key])
      return retype(box, text, start, end)
    }
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey && (command || !isTouch())) return this.send(event)
    if (event.key === 'Escape' && (this.#about.editing || this.#about.replyingTo)) {
      event.preventDefault()
      return this.giveUp()
    }
    if (event.key === 'ArrowUp' && !box.value && !command && !event.shiftKey && !uploadsOf(this.#channel).length && !this.#about.editing) {
      const message = myLastMessage(this.#channel)
      if (!message) return
      event.preventDefault()
      editMessage(this.#channel, message)
    }
  }

  /** Cancels the reply or the edit; after an edit the draft is restored. */
  giveUp() {
    if (this.#about.editing) editMessage(this.#channel, null)
    else replyTo(this.#channel, null)
    this.box.focus()
  }

  async send(event) {
    event.preventDefault()
    const state = this.#state()
    if (state.long || state.slow) return this.update()
    if (!this.#about.editing && isOutboxFull()) return toast(t('chat.outboxFull'), 'error')
    if (this.#about.editing) return saveEdit(this.#channel, this.#about.editing, this.box.value)
    this.#awaits = state.uploading && !state.refused
    if (!state.ready || state.uploading || state.refused) return this.update()
    sendWritten(this.#channel, this.box.value, this.#about.replyingTo)
    typing(this.#channel, false)
    this.box.value = ''
    this.#pasted = null
    this.#autocomplete.shut()
    grow(this.box)
    this.update()
    if (!isTouch()) this.box.focus()
  }

  /** After an upload: sends the message that waited for it, unless a file was refused. */
  #uploaded() {
    if (!this.#channel || !this.box) return
    if (!this.#about.editing) keepTyped(this.#channel, this.box.value)
    const { uploading, refused } = this.#state()
    if (!this.#awaits || uploading) return
    this.#awaits = false
    if (!refused) this.send(new Event('submit'))
  }

  #paste(event) {
    const files = pastedFiles(event.clipboardData)
    if (files.length && !this.#about.editing) {
      event.preventDefault()
      return this.addFiles(files)
    }
    this.#pasted = pastedAtLength(event.clipboardData, tooLong) ?? this.#pasted
  }

  /** Turns a text that is too long into a text file: the pasted part, or else all of it. */
  asFile() {
    const { box } = this
    const start = this.#pasted ? box.value.indexOf(this.#pasted) : -1
    const text = start < 0 ? box.value : this.#pasted
    this.#pasted = null
    if (this.addFiles([textFile(text)])) replaceIn(box, Math.max(0, start), Math.max(0, start) + text.length, '')
  }

  choose() { this.querySelector('input[type=file]').click() }

  picked(_, input) {
    this.addFiles(input.files)
    input.value = ''
  }

  /** Starts to upload files; returns whether all were accepted. */
  addFiles(files) {
    const refused = addFiles(this.#channel, files)
    if (refused) toast(t('compose.tooMany', { count: mostFiles }), 'error')
    this.box.focus()
    return !refused
  }

  async emoji(_, button) {
    const { selectionStart, selectionEnd } = this.box
    const emoji = await pickEmoji(button)
    if (emoji && this.box) replaceIn(this.box, selectionStart, selectionEnd, emoji)
    else this.box?.focus()
  }

  #chosen(event) {
    const option = event.target.closest?.('[role=option]')
    if (!option || !this.contains(option)) return
    event.preventDefault()
    this.#autocomplete.apply(Number(option.dataset.index), this.box)
  }
}

customElements.define('chat-composer', ChatComposer)
