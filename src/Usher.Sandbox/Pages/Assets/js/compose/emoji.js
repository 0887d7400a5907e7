// The emoji that people type most, by the names Discord gives them.
export const Emoji = {
  smile: '😄', grin: '😁', joy: '😂', slight_smile: '🙂', upside_down: '🙃', wink: '😉', blush: '😊', heart_eyes: '😍', thinking: '🤔', neutral_face: '😐', rolling_eyes: '🙄', relieved: '😌',
  sob: '😭', cry: '😢', angry: '😠', rage: '😡', scream: '😱', sweat_smile: '😅', sunglasses: '😎', partying_face: '🥳', pleading_face: '🥺', sleeping: '😴', wave: '👋', thumbsup: '👍', thumbsdown: '👎',
  clap: '👏', pray: '🙏', muscle: '💪', ok_hand: '👌', eyes: '👀', raised_hands: '🙌', point_right: '👉', heart: '❤️', blue_heart: '💙', green_heart: '💚', broken_heart: '💔', fire: '🔥', sparkles: '✨', star: '⭐',
  tada: '🎉', rocket: '🚀', warning: '⚠️', white_check_mark: '✅', x: '❌', question: '❓', exclamation: '❗', ticket: '🎫', tickets: '🎟️', lock: '🔒', unlock: '🔓', key: '🔑', bell: '🔔', envelope: '✉️', inbox_tray: '📥',
  outbox_tray: '📤', pencil: '📝', memo: '📝', paperclip: '📎', bug: '🐛', tools: '🛠️', gear: '⚙️', hourglass: '⌛', alarm_clock: '⏰', bulb: '💡', coffee: '☕', cake: '🍰', credit_card: '💳', moneybag: '💰', shield: '🛡️',
};
