/** The page's one element of that tag: where a screen has placed it, or else at the end of the document. */
export const theOne = tag => document.querySelector(tag) ?? document.body.appendChild(document.createElement(tag))
