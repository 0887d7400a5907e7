// Moments as Discord words them.

const Clock = new Intl.DateTimeFormat('en-US', { hour: 'numeric', minute: '2-digit' });
const ShortDate = new Intl.DateTimeFormat('en-US', { month: 'numeric', day: 'numeric', year: '2-digit' });
const Styles = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
  s: { dateStyle: 'short', timeStyle: 'short' },
  S: { dateStyle: 'short', timeStyle: 'medium' },
};
const Relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const Units = [['year', 31_536_000], ['month', 2_592_000], ['day', 86_400], ['hour', 3_600], ['minute', 60], ['second', 1]];

const dayOf = date => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

export const clock = date => Clock.format(date);
export const full = date => new Intl.DateTimeFormat('en-US', Styles.F).format(date);
export const dayName = date => new Intl.DateTimeFormat('en-US', { dateStyle: 'long' }).format(date);
export const sameDay = (left, right) => dayOf(left) === dayOf(right);

/** The moment beside an author's name: the time alone today, "Yesterday at …", else the date. */
export function messageTime(date, now = new Date()) {
  const days = Math.round((dayOf(now) - dayOf(date)) / 86_400_000);
  if (days === 0) return Clock.format(date);
  if (days === 1) return `Yesterday at ${Clock.format(date)}`;
  return `${ShortDate.format(date)}, ${Clock.format(date)}`;
}

/** A `<t:…:style>` timestamp: https://discord.com/developers/docs/reference#message-formatting-timestamp-styles */
export function styled(date, style) {
  if (style === 'R') return relative(date);
  return new Intl.DateTimeFormat('en-US', Styles[style] ?? Styles.f).format(date);
}

export function relative(date, now = Date.now()) {
  const seconds = Math.round((date.getTime() - now) / 1000);
  const [unit, size] = Units.find(([, length]) => Math.abs(seconds) >= length) ?? Units.at(-1);
  return Relative.format(Math.trunc(seconds / size), unit);
}

/** The moment a snowflake was made: https://discord.com/developers/docs/reference#snowflakes */
export const snowflakeTime = id => new Date(Number((BigInt(id) >> 22n) + 1_420_070_400_000n));

/** Keeps relative timestamps true while they are on the page. */
export function keepRelativeTimesFresh() {
  setInterval(() => {
    for (const element of document.querySelectorAll('time[data-relative]')) element.textContent = relative(new Date(element.dateTime));
  }, 5000);
}

export function fileSize(bytes) {
  if (bytes < 1024) return `${bytes} bytes`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 / 1024).toFixed(2)} MB`;
}
