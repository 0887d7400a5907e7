// A picture in full, over everything else.
import { h } from '../dom.js';
import { icon } from '../icons.js';
import { openDialog } from './dialog.js';

export function openLightbox(images, start = 0) {
  let at = start;
  const picture = h('img', { class: 'lightbox-image' });
  const link = h('a', { class: 'lightbox-link', target: '_blank', rel: 'noreferrer noopener' }, 'Open in Browser');
  const counter = h('span', { class: 'lightbox-counter' });
  const show = index => {
    at = (index + images.length) % images.length;
    picture.src = images[at].url;
    picture.alt = images[at].description || images[at].filename || 'Image';
    link.href = images[at].url;
    counter.textContent = images.length > 1 ? `${at + 1} of ${images.length}` : '';
  };
  const step = (by, name, label) => images.length > 1 && h('button', { type: 'button', class: `lightbox-step ${name}`, 'aria-label': label, onClick: () => show(at + by) }, icon(by < 0 ? 'arrowLeft' : 'arrowRight', 24));
  const dialog = openDialog([
    h('button', { type: 'button', class: 'lightbox-close', 'aria-label': 'Close', autofocus: true, onClick: () => dialog.close() }, icon('close', 24)),
    step(-1, 'back', 'Previous image'),
    h('figure', null, picture, h('figcaption', null, link, counter)),
    step(1, 'forth', 'Next image'),
  ], { className: 'lightbox', label: 'Image' });
  dialog.addEventListener('click', event => (event.target === dialog || event.target.tagName === 'FIGURE') && dialog.close());
  dialog.addEventListener('keydown', event => {
    if (event.key === 'ArrowLeft') show(at - 1);
    if (event.key === 'ArrowRight') show(at + 1);
  });
  show(start);
}
