import { createStore } from './store.js'

const routes = []

/** Where the page is: path, its route's name and parameters, and the query. */
export const place = createStore({ path: '/', route: null, parameters: {}, query: new URLSearchParams() })

/** Adds a screen: `/machines/:id`, the tag that shows it, and who may see it. */
export function route(pattern, tag, { access, title }) {
  const names = []
  const source = pattern.replace(/:(\w+)/g, (_, name) => { names.push(name); return '([^/]+)' })
  routes.push({ expression: new RegExp(`^${source}/?$`), names, tag, access, title })
}

/** The route and parameters of a path; null where there is none. */
export function match(path) {
  for (const route of routes) {
    const found = route.expression.exec(path)
    if (!found) continue
    const parameters = {}
    try {
      route.names.forEach((name, index) => { parameters[name] = decodeURIComponent(found[index + 1]) })
    } catch { return null }
    return { route, parameters }
  }
  return null
}

function arrive() {
  const found = match(location.pathname)
  place.set({
    path: location.pathname,
    route: found?.route ?? null,
    parameters: found?.parameters ?? {},
    query: new URLSearchParams(location.search),
  })
}

/** Goes to a path of the page; `replace` leaves no step back to the present one. */
export function go(path, { replace = false } = {}) {
  if (path !== location.pathname + location.search)
    history[replace ? 'replaceState' : 'pushState'](null, '', path)
  arrive()
}

/** Back or forward: a dialog belongs to the screen over which it was opened. */
function leave() {
  if (location.pathname !== place.get().path)
    for (const dialog of document.querySelectorAll('dialog[open]')) dialog.close()
  arrive()
}

function followed(event) {
  if (event.defaultPrevented || event.button !== 0) return
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
  const link = event.target.closest?.('a[href]')
  if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return
  if (link.pathname.startsWith('/api/')) return
  if (link.pathname === location.pathname && link.hash) return
  event.preventDefault()
  go(link.pathname + link.search)
}

/** Begins to follow links and the browser's back and forward. */
export function startRouter() {
  document.addEventListener('click', followed)
  addEventListener('popstate', leave)
  arrive()
}
