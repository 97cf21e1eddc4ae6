import { percent } from '../lib/format.js'
import { html } from '../lib/html.js'
import { t } from '../lib/i18n.js'
import { icon } from '../lib/icons.js'
import { deadlineWords, forwardOf } from '../lib/learning.js'

/** A course that the reader has not completed, with the one step that goes on; `isFirst` makes it stand out. */
export function openCourse(one, isFirst) {
  const { courseId, title, thumbnailUrl, progress, lessonTitle, quizTitle, isLate } = one
  const { path, words } = forwardOf(one)
  const step = lessonTitle ? t('learn.nextLesson', { name: lessonTitle }) : quizTitle && t('learn.nextQuiz', { name: quizTitle })
  const deadline = deadlineWords(one)
  return html`<li class="open-course" data-key="open-${courseId}">
    <a class="open-picture" href="/courses/${courseId}" aria-hidden="true" tabindex="-1">${thumbnailUrl
      ? html`<img src="${thumbnailUrl}" alt="" loading="lazy">` : icon('learn')}</a>
    <div class="open-about"><h3><a href="/courses/${courseId}">${title}</a></h3>
      <p class="course-progress"><progress max="100" value="${progress}"
        aria-label="${t('course.progress', { name: title })}"></progress><span>${percent(progress)}</span></p>
      ${step && html`<p class="quiet">${step}</p>`}
      ${deadline && html`<p class="${isLate ? 'learn-late' : 'quiet'}">${icon('clock')}${deadline}</p>`}</div>
    <a class="button ${isFirst ? 'button-primary' : ''}" href="${path}"
      aria-label="${t('learn.goOnWith', { action: t(words), name: title })}">${icon('play')}${t(words)}</a>
  </li>`
}
