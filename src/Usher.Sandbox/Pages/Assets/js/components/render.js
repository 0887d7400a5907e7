// Components inside a message, both generations: https://discord.com/developers/docs/components/reference
import { h } from '../dom.js';
import { markdown } from '../markdown/render.js';
import { colourText } from '../people.js';
import { local, renderFile, renderPictures } from '../chat/attachments.js';
import { renderButton } from './button.js';
import { messageSelect } from './select.js';

/** The component types, by Discord's names. */
export const Type = {
  actionRow: 1, button: 2, stringSelect: 3, textInput: 4, userSelect: 5, roleSelect: 6, mentionableSelect: 7, channelSelect: 8, section: 9, textDisplay: 10,
  thumbnail: 11, mediaGallery: 12, file: 13, separator: 14, container: 17, label: 18, fileUpload: 19, radioGroup: 21, checkboxGroup: 22, checkbox: 23,
};

const Renderers = {
  [Type.actionRow]: (row, context) => h('div', { class: 'action-row' }, renderComponents(row.components, context)),
  [Type.button]: renderButton,
  [Type.stringSelect]: messageSelect,
  [Type.userSelect]: messageSelect,
  [Type.roleSelect]: messageSelect,
  [Type.mentionableSelect]: messageSelect,
  [Type.channelSelect]: messageSelect,
  [Type.section]: (section, context) => h('div', { class: 'section' },
    h('div', { class: 'section-text' }, renderComponents(section.components, context)),
    h('div', { class: 'section-accessory' }, renderComponents([section.accessory], context))),
  [Type.textDisplay]: (text, context) => markdown(text.content, context.guild),
  [Type.thumbnail]: thumbnail => h('div', { class: 'thumbnail' }, renderPictures([fromMedia(thumbnail)])),
  [Type.mediaGallery]: gallery => renderPictures(gallery.items.map(fromMedia)),
  [Type.file]: (file, context) => renderFile(fileOf(file, context.message)),
  [Type.separator]: separator => h('div', { class: ['separator', separator.spacing === 2 && 'large', separator.divider !== false && 'divider'], role: separator.divider === false ? null : 'separator' }),
  [Type.container]: renderContainer,
};

export function renderComponents(components, context) {
  return components.map(component => Renderers[component.type]?.(component, context) ?? h('p', { class: 'component-unknown' }, `A component of type ${component.type}`));
}

function renderContainer(container, context) {
  const accent = container.accent_color;
  const element = h('div', { class: ['container', accent !== null && accent !== undefined && 'accented'], style: { '--accent': accent !== null && accent !== undefined ? colourText(accent) : null } },
    renderComponents(container.components, context));
  return container.spoiler ? veil(element) : element;
}

function veil(element) {
  element.inert = true;
  const cover = h('button', { type: 'button', class: 'veil-button', onClick: () => {
    element.inert = false;
    frame.classList.remove('veiled');
    cover.remove();
  } }, 'Spoiler');
  const frame = h('div', { class: 'veil veiled' }, element, cover);
  return frame;
}

function fromMedia({ media, description, spoiler }) {
  const name = fileNameIn(local(media?.url ?? '')) || 'image';
  return { ...media, url: media?.proxy_url ?? media?.url, description, spoiler, filename: name };
}

function fileNameIn(address) {
  const name = address.split('?')[0].split('/').pop();
  try {
    return decodeURIComponent(name);
  } catch {
    // A percent sign may be only that.
    return name;
  }
}

function fileOf(file, message) {
  const address = file.file?.url ?? '';
  const attachment = message.attachments?.find(candidate => candidate.id === file.file?.attachment_id || candidate.url === address);
  return { filename: file.name ?? attachment?.filename ?? fileNameIn(address), size: file.size ?? attachment?.size, url: attachment?.url ?? address };
}
