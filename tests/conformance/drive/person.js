// Somebody in the box, doing what the box's page does for them: the endpoints below /box.

export class Person {
  #address;

  constructor(address, name) {
    this.#address = address;
    this.name = name;
  }

  /** Everything the person sees. */
  state() {
    return this.#call('GET', 'state');
  }

  /** The guild, with its channels, threads and the commands that are offered. */
  async guild() {
    return (await this.state()).guilds[0];
  }

  async channel(name) {
    const guild = await this.guild();
    return [...guild.channels, ...guild.threads].find(channel => channel.name === name);
  }

  /** The newest messages, the newest first. */
  async messages(channel) {
    const messages = await this.#call('GET', `channels/${channel}/messages`);
    return messages.sort((one, other) => (BigInt(one.id) < BigInt(other.id) ? 1 : -1));
  }

  write(channel, content, ...files) {
    return this.#call('POST', `channels/${channel}/messages`, multipart({ content }, files));
  }

  edit(message, content) {
    return this.#call('PATCH', `channels/${message.channel_id}/messages/${message.id}`, JSON.stringify({ content }));
  }

  remove(message) {
    return this.#call('DELETE', `channels/${message.channel_id}/messages/${message.id}`);
  }

  /** Runs a slash command; answers how it ended: done, modal (with the modal) or failed. */
  async run(channel, name, options = []) {
    const command = (await this.guild()).commands.find(offered => offered.name === name);
    if (!command) throw new Error(`${this.name} is not offered /${name}.`);
    return this.#interact({ type: 2, channel_id: channel, data: { id: command.id, name, type: 1, options } });
  }

  /** Presses the newest button of a channel that reads so; answers how it ended. */
  async press(channel, label) {
    for (const message of await this.messages(channel)) {
      const button = allOf(message.components).find(component => component.type === 2 && component.label === label);
      if (button) return this.#interact({ type: 3, channel_id: channel, message_id: message.id, data: { component_type: 2, custom_id: button.custom_id } });
    }
    throw new Error(`${this.name} sees no button «${label}» there.`);
  }

  /** Fills the texts of a modal in, from the top, and sends it. */
  submit(channel, modal, ...texts) {
    const components = modal.components.filter(row => row.type === 18).map((row, index) => ({
      type: 18, id: row.id, component: { type: row.component.type, id: row.component.id, custom_id: row.component.custom_id, value: texts[index] ?? '' },
    }));
    return this.#interact({ type: 5, channel_id: channel, modal_id: modal.id, data: { custom_id: modal.custom_id, components } });
  }

  #interact(interaction) {
    return this.#call('POST', 'interactions', multipart(interaction));
  }

  async #call(method, path, body) {
    const headers = typeof body === 'string' ? { 'Content-Type': 'application/json' } : {};
    const response = await fetch(`${this.#address}/box/${path}?as=${encodeURIComponent(this.name)}`, { method, headers, body });
    const text = await response.text();
    if (!response.ok) throw new Error(`${this.name}: ${method} ${path} was answered with ${response.status}: ${text}`);
    return text ? JSON.parse(text) : null;
  }
}

/** As Discord takes files: the JSON in `payload_json`, the bytes in `files[n]`. */
function multipart(payload, files = []) {
  const form = new FormData();
  form.append('payload_json', JSON.stringify(payload));
  files.forEach((file, index) => form.append(`files[${index}]`, file, file.name));
  return form;
}

/** Components with all that is inside them. */
const allOf = components => (components ?? []).flatMap(component =>
  [component, ...allOf(component.components), ...allOf(component.accessory ? [component.accessory] : [])]);
