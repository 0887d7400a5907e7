// Embeds: https://discord.com/developers/docs/resources/message#embed-object
import { h } from '../dom.js';
import { inlineMarkdown, markdown } from '../markdown/render.js';
import { colourText } from '../people.js';
import { messageTime } from '../time.js';
import { local, renderPictures } from './attachments.js';

const outside = (href, children) => (href ? h('a', { href, target: '_blank', rel: 'noreferrer noopener' }, children) : h('span', null, children));

export function renderEmbed(embed, guild) {
  const footer = [embed.footer?.text, embed.timestamp && messageTime(new Date(embed.timestamp))].filter(Boolean).join(' • ');
  return h('div', { class: 'embed', style: { '--accent': embed.color !== undefined && embed.color !== null ? colourText(embed.color) : null } },
    h('div', { class: 'embed-main' },
      embed.provider?.name && h('p', { class: 'embed-provider' }, embed.provider.name),
      embed.author?.name && h('p', { class: 'embed-author' }, outside(embed.author.url, embed.author.name)),
      embed.title && h('p', { class: 'embed-title' }, outside(embed.url, inlineMarkdown(embed.title, guild))),
      embed.description && markdown(embed.description, guild),
      embed.fields?.length > 0 && renderFields(embed.fields, guild),
      embed.image?.url && renderPictures([{ ...embed.image, filename: 'Embedded image' }]),
      footer && h('p', { class: 'embed-footer' }, footer)),
    embed.thumbnail?.url && h('img', { class: 'embed-thumbnail', src: local(embed.thumbnail.url), alt: '', onError: event => event.target.remove() }));
}

function renderFields(fields, guild) {
  return h('div', { class: 'embed-fields' }, fields.map(field => h('div', { class: field.inline ? 'inline' : 'whole' },
    h('p', { class: 'embed-field-name' }, inlineMarkdown(field.name, guild)), markdown(field.value, guild))));
}
