import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { isHere } from '../lib/presence.js'
import { face } from './presence-list.js'
import { nameOfEmoji } from '../lib/emoji.js'

const inside = {
  person: ({ person }) => html`
    <span class="choice-face">${face(person)}${isHere(person.id)
      && html`<i class="dot" data-live></i>`}</span>
    <strong>${person.name || person.username}</strong><small>@${person.username}</small>
    ${isHere(person.id) && html`<span class="visually-hidden">${t('compose.isHere')}</span>`}`,
  everyone: () => html`<span class="choice-face"><span class="face"
    aria-hidden="true">@</span></span><strong>@everyone</strong><small>${t('compose.everyone')}</small>`,
  emoji: ({ insert, emoji }) =>
    html`<span class="choice-emoji" aria-hidden="true">${insert}</span>
      <strong>:${emoji.name}:</strong><small>${nameOfEmoji(insert)}</small>`,
}

/** The completion menu above the composer: people or emoji. Options have the `id`, a hyphen, and their index. */
export const choiceList = ({ choices, active }, id = 'choice') => html`
  <ul class="choices" id="${id === 'choice' ? 'composer-choices' : `${id}-list`}" role="listbox"
    aria-label="${t(choices[0]?.kind === 'emoji' ? 'compose.emojiChoices' : 'compose.peopleChoices')}"
    ?hidden=${!choices.length}>
    ${choices.map((choice, index) => html`
      <li class="choice" id="${id}-${index}" role="option" data-index="${index}"
        aria-selected="${index === active ? 'true' : 'false'}">${inside[choice.kind](choice)}</li>`)}
  </ul>`
