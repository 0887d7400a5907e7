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

  messages(channel) {
    return this.#call('GET', `channels/${channel}/messages`);
  }

  write(channel, content) {
    return this.#call('POST', `channels/${channel}/messages`, multipart({ content }));
  }

  /** Runs a slash command; answers how it ended: done, modal (with the modal) or failed. */
  async run(channel, name, options = []) {
    const command = (await this.guild()).commands.find(offered => offered.name === name);
    if (!command) throw new Error(`${this.name} is not offered /${name}.`);
    return this.#interact({ type: 2, channel_id: channel, data: { id: command.id, name, type: 1, options } });
  }

  /** Presses a button. */
  click(message, customId) {
    return this.#interact({ type: 3, channel_id: message.channel_id, message_id: message.id, data: { component_type: 2, custom_id: customId } });
  }

  /** Fills a modal in and sends it: texts by custom_id. */
  submit(channel, modal, texts, message) {
    const components = modal.components.filter(row => row.type === 18 || row.type === 1).map(row => {
      const field = row.type === 18 ? row.component : row.components[0];
      const answer = { type: field.type, id: field.id, custom_id: field.custom_id, value: texts[field.custom_id] ?? '' };
      return row.type === 18 ? { type: 18, id: row.id, component: answer } : { type: 1, id: row.id, components: [answer] };
    });
    return this.#interact({
      type: 5, channel_id: channel, message_id: message?.id, modal_id: modal.id,
      data: { custom_id: modal.custom_id, components },
    });
  }

  #interact(interaction) {
    return this.#call('POST', 'interactions', multipart(interaction));
  }

  async #call(method, path, body) {
    const response = await fetch(`${this.#address}/box/${path}?as=${encodeURIComponent(this.name)}`, { method, body });
    const text = await response.text();
    if (!response.ok) throw new Error(`${this.name}: ${method} ${path} was answered with ${response.status}: ${text}`);
    return text ? JSON.parse(text) : null;
  }
}

function multipart(payload) {
  const form = new FormData();
  form.append('payload_json', JSON.stringify(payload));
  return form;
}
