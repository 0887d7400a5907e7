// A bot written with discord.js, which knows nothing of Usher, lives in the box: whatever of Discord it takes for granted must be there.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import {
  ButtonBuilder, ButtonStyle, ChannelType, Client, ContainerBuilder, Events, GatewayIntentBits, LabelBuilder, MessageFlags, ModalBuilder,
  Partials, SectionBuilder, SeparatorBuilder, SlashCommandBuilder, TextDisplayBuilder, TextInputBuilder, TextInputStyle,
} from 'discord.js';
import { Person } from './drive/person.js';
import { Program } from './drive/program.js';
import { Findings } from './spec/journal.js';

// The people are those of the box's own guild, «Harbour».
const Patience = 10_000;

describe('A discord.js bot in the box', { timeout: 120_000 }, () => {
  let folder;
  let journal;
  let sandbox;
  let alice;
  let bot;
  let guild;
  let support;
  let thread;

  /** The next event that fits, or a failure that says which one never came. */
  function next(event, fits = () => true) {
    const coming = new Promise((resolve, reject) => {
      const listen = (...happened) => fits(...happened) && end(() => resolve(happened));
      const waiting = setTimeout(() => end(() => reject(new Error(`${event} did not come within ${Patience / 1000} s.`))), Patience);
      bot.on(event, listen);
      function end(settle) {
        clearTimeout(waiting);
        bot.off(event, listen);
        settle();
      }
    });
    // A test that failed before it looked is failed enough.
    coming.catch(() => {});
    return coming;
  }

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'usher-bot-'));
    journal = join(folder, 'journal.jsonl');
    sandbox = await Program.start(['sandbox', '--port', '0', '--journal', journal]);
    alice = new Person(sandbox.address, 'alice');
    bot = new Client({
      intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMembers, GatewayIntentBits.GuildMessages, GatewayIntentBits.MessageContent, GatewayIntentBits.DirectMessages],
      partials: [Partials.Channel],
      rest: { api: `${sandbox.address}/api` },
    });
  });

  after(async () => {
    await bot?.destroy();
    await sandbox?.stop();
    if (folder) await rm(folder, { recursive: true });
  });

  test('logs in and knows its guild, with channels, roles and itself', async () => {
    const ready = next(Events.ClientReady);
    await bot.login(sandbox.settings.DISCORD_TOKEN);
    await ready;
    assert.equal(bot.user.bot, true);
    guild = bot.guilds.cache.first();
    assert.equal(guild.available, true);
    assert.equal(guild.name, 'Harbour');
    assert.equal(guild.members.me.id, bot.user.id);
    assert.ok(guild.roles.everyone);
    support = guild.channels.cache.find(channel => channel.name === 'support' && channel.type === ChannelType.GuildText);
    assert.ok(support.permissionsFor(bot.user).has('CreatePrivateThreads'));
    await bot.application.fetch();
    assert.equal(bot.application.owner.username, 'erin');
  });

  test('hears of people, one by one and all', async () => {
    const members = await guild.members.fetch();
    assert.ok(members.some(member => member.user.username === 'alice'));
    const found = await guild.members.fetch(members.find(member => member.user.username === 'bob').id);
    assert.equal(found.user.username, 'bob');
  });

  test('registers a command in its guild', async () => {
    const command = new SlashCommandBuilder().setName('moor').setDescription('Ask for a berth')
      .addStringOption(option => option.setName('ship').setDescription('Her name').setRequired(true));
    const registered = await guild.commands.create(command);
    assert.equal(registered.name, 'moor');
    assert.equal(registered.guildId, guild.id);
    assert.deepEqual((await guild.commands.fetch()).map(known => known.name), ['moor']);
  });

  test('answers the command with a modal, and the modal with a private thread', async () => {
    const asked = next(Events.InteractionCreate, interaction => interaction.isChatInputCommand());
    const modal = new ModalBuilder().setCustomId('berth').setTitle('Which berth?').addLabelComponents(
      new LabelBuilder().setLabel('How long is she?').setTextInputComponent(new TextInputBuilder().setCustomId('length').setStyle(TextInputStyle.Short)),
    );
    const running = alice.run(support.id, 'moor', [{ name: 'ship', type: 3, value: 'Esmeralda' }]);
    const [command] = await asked;
    assert.equal(command.commandName, 'moor');
    assert.equal(command.options.getString('ship'), 'Esmeralda');
    assert.equal(command.user.username, 'alice');
    assert.ok(command.inCachedGuild());
    await command.showModal(modal);
    const shown = await running;
    assert.equal(shown.outcome, 'modal');
    assert.equal(shown.modal.title, 'Which berth?');

    const submitted = next(Events.InteractionCreate, interaction => interaction.isModalSubmit());
    const submitting = alice.submit(support.id, shown.modal, '23 m');
    const [submit] = await submitted;
    assert.equal(submit.customId, 'berth');
    assert.equal(submit.fields.getTextInputValue('length'), '23 m');
    await submit.deferReply({ flags: MessageFlags.Ephemeral });
    assert.equal((await submitting).outcome, 'done');

    const created = next(Events.ThreadCreate);
    thread = await support.threads.create({ name: 'Esmeralda', type: ChannelType.PrivateThread, invitable: false, autoArchiveDuration: 1440, reason: 'A berth was asked for' });
    const [told] = await created;
    assert.equal(told.id, thread.id);
    await thread.members.add(submit.user.id);
    const answer = await submit.editReply(`Your berth is at ${thread}.`);
    assert.ok(answer.flags.has(MessageFlags.Ephemeral));
    const members = await thread.members.fetch();
    assert.deepEqual(new Set(members.keys()), new Set([bot.user.id, submit.user.id]));
    assert.equal((await alice.channel('Esmeralda')).id, thread.id);
  });

  test('writes in the thread with Components V2, edits, and is pressed', async () => {
    const card = text => new ContainerBuilder().setAccentColor(0x5865f2)
      .addTextDisplayComponents(new TextDisplayBuilder().setContent(text))
      .addSeparatorComponents(new SeparatorBuilder())
      .addSectionComponents(new SectionBuilder()
        .addTextDisplayComponents(new TextDisplayBuilder().setContent('Leave when you like.'))
        .setButtonAccessory(new ButtonBuilder().setCustomId('cast-off').setLabel('Cast off').setStyle(ButtonStyle.Danger)));
    const message = await thread.send({ components: [card('Berth 7')], flags: MessageFlags.IsComponentsV2, allowedMentions: { parse: [] }, nonce: '7', enforceNonce: true });
    assert.ok(message.flags.has(MessageFlags.IsComponentsV2));
    const edited = next(Events.MessageUpdate);
    await message.edit({ components: [card('Berth 8')] });
    const [, now] = await edited;
    assert.equal(now.components[0].components[0].content, 'Berth 8');

    const [seen] = await alice.messages(thread.id);
    assert.equal(seen.id, message.id);
    const pressed = next(Events.InteractionCreate, interaction => interaction.isButton());
    const pressing = alice.press(thread.id, 'Cast off');
    const [button] = await pressed;
    assert.equal(button.message.id, message.id);
    await button.update({ components: [card('Berth 9')] });
    assert.equal((await pressing).outcome, 'done');
    assert.equal((await message.fetch(true)).components[0].components[0].content, 'Berth 9');
    const followUp = await button.followUp({ content: 'Fair winds!', flags: MessageFlags.Ephemeral });
    assert.ok(followUp.flags.has(MessageFlags.Ephemeral));
  });

  test('hears what is written, sends a file, replies, deletes', async () => {
    const heard = next(Events.MessageCreate, message => message.author.username === 'alice');
    await alice.write(thread.id, 'We leave at noon.');
    const [written] = await heard;
    assert.equal(written.content, 'We leave at noon.');
    assert.equal(written.member.displayName, 'Alice');
    const reply = await written.reply({ content: 'Noted.', files: [{ attachment: Buffer.from('berth 9'), name: 'log.txt' }] });
    assert.equal(reply.reference.messageId, written.id);
    const file = reply.attachments.first();
    assert.equal(file.name, 'log.txt');
    assert.equal(await (await fetch(file.url)).text(), 'berth 9');
    const gone = next(Events.MessageDelete);
    await reply.delete();
    assert.equal((await gone)[0].id, reply.id);
    await assert.rejects(thread.messages.fetch({ message: reply.id, force: true }), { code: 10008 });
    const messages = await thread.messages.fetch({ limit: 10 });
    assert.ok(messages.has(written.id));
  });

  test('writes to a person and is refused where it may not', async () => {
    const person = guild.members.cache.find(member => member.user.username === 'alice');
    const direct = await person.send('Your ship is safe.');
    assert.equal(direct.channel.type, ChannelType.DM);
    const theirs = (await thread.messages.fetch()).find(message => message.author.id === person.id);
    await assert.rejects(theirs.edit('We never leave.'), { status: 403, code: 50005 });
  });

  test('locks and archives the thread', async () => {
    const changed = next(Events.ThreadUpdate, (_, now) => now.archived);
    await thread.edit({ archived: true, locked: true });
    const [, now] = await changed;
    assert.equal(now.locked, true);
    await assert.rejects(alice.write(thread.id, 'Wait!'));
    const { threads } = await support.threads.fetchArchived({ type: 'private' });
    assert.ok(threads.has(thread.id));
  });

  test('was answered and told as Discord describes it', async () => {
    // What discord.js asks is its own affair: it sends fields that Discord ignores.
    const findings = await new Findings({ requests: false }).readFile(journal);
    assert.ok(findings.routes.size >= 10);
    assert.ok(findings.events.size >= 10);
    assert.equal(findings.report(), '');
  });
});
