import { createStore } from './store.js'

const routes = []

/**
 * The current location: its path, the route of that path (null when there is none), the route's parameters,
 * and the query.
 */
export const place = createStore({ path: '/', route: null, parameters: {}, query: new URLSearchParams() })

/**
 * Registers a page under one or several paths as `/machines/:id`. `view(parameters)` returns its markup;
 * `access` is "everyone", "guest" (not signed in), "signedIn", "admin" or a permission; `title` is the key of
 * its title.
 */
export function route(paths, view, { access, title }) {
  for (const path of [paths].flat()) {
    const names = []
    const source = path.replace(/:(\w+)/g, (_, name) => { names.push(name); return '([^/]+)' })
    routes.push({ expression: new RegExp(`^${source}/?$`), names, view, access, title })
  }
}

/** The route and the parameters of a path; null when no page is registered for it. */
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

/** Goes to a path of the page; `replace` replaces the current entry of the browser's history. */
export function go(path, { replace = false } = {}) {
  if (path !== location.pathname + location.search)
    history[replace ? 'replaceState' : 'pushState'](null, '', path)
  arrive()
}

/** Back or forward: closes the dialogs, which belong to the page that is left. */
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

/** Starts to handle clicks on links and the browser's back and forward. */
export function startRouter() {
  document.addEventListener('click', followed)
  addEventListener('popstate', leave)
  arrive()
}
