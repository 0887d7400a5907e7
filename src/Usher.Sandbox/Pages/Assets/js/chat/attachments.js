// Files of a message: pictures side by side, sound and film to play, the rest as cards.
import { h } from '../dom.js';
import { icon } from '../icons.js';
import { openLightbox } from '../overlay/lightbox.js';
import { fileSize } from '../time.js';

const isKind = (attachment, kind) => attachment.content_type?.startsWith(`${kind}/`) ?? false;

/** An address on the box itself is used without its host: the page may have been opened by another name of the same machine. */
export function local(address) {
  if (!address) return address;
  try {
    const parsed = new URL(address, location.href);
    return parsed.port === location.port && isLoopback(parsed.hostname) && isLoopback(location.hostname) ? parsed.pathname + parsed.search : address;
  } catch {
    return address;
  }
}

const isLoopback = host => host === 'localhost' || host === '[::1]' || host.startsWith('127.');

export function renderAttachments(attachments) {
  if (!attachments.length) return null;
  const pictures = attachments.filter(attachment => isKind(attachment, 'image') && !attachment.content_type.includes('svg'));
  const others = attachments.filter(attachment => !pictures.includes(attachment));
  return h('div', { class: 'attachments' },
    pictures.length > 0 && renderPictures(pictures.map(picture => ({ ...picture, spoiler: picture.filename?.startsWith('SPOILER_') }))),
    others.map(renderFile));
}

/** A mosaic of pictures; a click opens it over the page, or reveals it first if it is a spoiler. */
export function renderPictures(pictures) {
  const images = pictures.map(picture => ({ ...picture, url: local(picture.url) }));
  return h('div', { class: ['pictures', images.length > 1 && `many pictures-${Math.min(images.length, 10)}`] }, images.map((image, index) => {
    const alone = images.length === 1 && image.width && image.height;
    const scale = alone ? Math.min(1, 550 / image.width, 350 / image.height) : 1;
    const button = h('button', {
      type: 'button', class: ['picture', image.spoiler && 'hidden-picture'], 'aria-label': image.spoiler ? 'Reveal spoiler image' : `Open ${image.description || image.filename || 'image'}`,
      style: alone ? { width: `${Math.round(image.width * scale)}px`, 'aspect-ratio': `${image.width} / ${image.height}` } : null,
      onClick() {
        if (button.classList.contains('hidden-picture')) {
          button.classList.remove('hidden-picture');
          button.setAttribute('aria-label', `Open ${image.description || image.filename || 'image'}`);
        } else openLightbox(images, index);
      },
    }, h('img', { src: image.url, alt: image.description ?? image.filename ?? '', loading: 'lazy', onError: event => broken(event, image) }),
    image.description && h('span', { class: 'alt-mark', 'aria-hidden': 'true' }, 'ALT'));
    return button;
  }));
}

function broken(event, image) {
  event.target.replaceWith(h('span', { class: 'picture-missing' }, icon('image', 28), h('span', null, image.filename ?? 'Image')));
}

export function renderFile(attachment) {
  const address = local(attachment.url);
  if (isKind(attachment, 'video')) return h('video', { class: 'film', src: address, controls: true, preload: 'metadata', 'aria-label': attachment.filename });
  const card = h('div', { class: 'file-card' }, icon('file', 30),
    h('div', { class: 'file-names' },
      h('a', { href: address, target: '_blank', rel: 'noreferrer noopener' }, attachment.filename),
      h('small', null, attachment.size === undefined ? '' : fileSize(attachment.size))),
    h('a', { class: 'icon-button', href: address, download: attachment.filename, 'aria-label': `Download ${attachment.filename}` }, icon('download')));
  return isKind(attachment, 'audio') ? h('div', { class: 'sound' }, card, h('audio', { src: address, controls: true, preload: 'none', 'aria-label': attachment.filename })) : card;
}
