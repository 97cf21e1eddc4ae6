import { html } from './html.js'

const paths = {
  machines: 'M4 5h16v6H4zM4 13h16v6H4zM8 8h.01M8 16h.01',
  mail: 'M4 6h16v12H4zM4 7l8 6 8-6',
  bell: 'M6.5 16.5V11a5.5 5.5 0 0 1 11 0v5.5l1.5 1.5H5zM10 20.5h4',
  mention: 'M12 15.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM15.5 8.5v4.8a2.3 2.3 0 0 0 4.5 0V12a8 8 0 1 0-3.2 6.4',
  answer: 'M10 6L4.5 11.5 10 17M4.5 11.5H14a5.5 5.5 0 0 1 5.5 5.5v1.5',
  speech: 'M4 5h16v11h-8.5L7 20v-4H4z',
  host: 'M4 17a8 8 0 1 1 16 0M12 17l4-5M4 20h16',
  user: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM5 20c.7-3.6 3.5-5.5 7-5.5s6.3 1.9 7 5.5',
  plus: 'M12 5v14M5 12h14',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L20 20',
  copy: 'M9 9h11v11H9zM15 9V4H4v11h5',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  close: 'M6 6l12 12M18 6L6 18',
  play: 'M8 5.5v13l10.5-6.5z',
  stop: 'M7 7h10v10H7z',
  pause: 'M9 6v12M15 6v12',
  reboot: 'M19 12a7 7 0 1 1-2.2-5.1M19 4v4.5h-4.5',
  power: 'M12 4v8M7.5 6.8a7 7 0 1 0 9 0',
  trash: 'M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7M10.5 11v5M13.5 11v5',
  key: 'M8.5 19a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM11.5 12.5L19 5M16 8l2.5 2.5',
  download: 'M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 20h14',
  back: 'M19 12H5M11 6l-6 6 6 6',
  next: 'M5 12h14M13 6l6 6-6 6',
  out: 'M14 5H5v14h9M10 12h10M16.5 8.5L20 12l-3.5 3.5',
  info: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 11v5M12 8h.01',
  warning: 'M12 4l9 16H3zM12 10v4.5M12 17.3h.01',
  keyboard: 'M3 7h18v10H3zM7 10.5h.01M10.3 10.5h.01M13.7 10.5h.01M17 10.5h.01M8 14h8',
  light: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M5.6 18.4l1.1-1.1M17.3 6.7l1.1-1.1',
  dark: 'M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z',
  auto: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 4v16M12 8h4.5M12 12h6M12 16h4.5',
  eye: 'M3 12c2-4 5-6 9-6s7 2 9 6c-2 4-5 6-9 6s-7-2-9-6zM12 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
  terminal: 'M4 5h16v14H4zM7.5 9.5l3 2.5-3 2.5M12.5 15h4',
  people: 'M9 12a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 19c.5-3.2 3.2-5 6.5-5s6 1.8 6.5 5M15.5 5.3a3.5 3.5 0 0 1 0 6.4M17.5 14.4c2.2.7 3.6 2.3 4 4.6',
  shield: 'M12 3.5l7 2.5v5.5c0 4.3-2.8 7.4-7 9-4.2-1.6-7-4.7-7-9V6zM9 11.8l2.2 2.2 4-4.2',
  list: 'M8.5 6.5H20M8.5 12H20M8.5 17.5H20M4.5 6.5h.01M4.5 12h.01M4.5 17.5h.01',
  screen: 'M3.5 5h17v11h-17zM9 20h6M12 16v4',
  edit: 'M4.5 19.5l1-4L16 5l3 3L8.5 18.5zM13.5 7.5l3 3',
  print: 'M7 9V4h10v5M7 17H4V9.5h16V17h-3M7 14h10v6H7z',
  tag: 'M4 4.5h8l8 8-7.5 7.5-8-8zM8 8.5h.01',
  clip: 'M18 11l-6.5 6.5a4 4 0 0 1-5.7-5.7L13 4.7a2.7 2.7 0 0 1 3.8 3.8L9.7 15.6a1.3 1.3 0 0 1-1.9-1.9L14 7.5',
}

/** A drawn sign of 24 units; for the eye only, words stand beside it or in the label. */
export const icon = name => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="${paths[name] ?? ''}"/></svg>`

/** The mark: an O in its open box. */
export const mark = () => html`
  <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
    <rect class="mark-ground" width="32" height="32" rx="9"/>
    <path class="mark-box" d="M6.5 9.5v12a4 4 0 0 0 4 4h11a4 4 0 0 0 4-4v-12"/>
    <circle class="mark-o" cx="16" cy="14.5" r="4.75"/>
  </svg>`
