// Where a strict check would be wrong: what Discord's documentation says differs from its machine-readable description, or the
// description is silent. Each line says which fault is meant, why, and where the documentation says so. The list is short on
// purpose; a fault of the box or of Usher is mended there, never excused here. An exception that nothing needs fails a test.

/**
 * @typedef {object} Exception
 * @property {string} name
 * @property {RegExp} [subject] Of which request, answer or event; all when left out.
 * @property {RegExp} path Of which field.
 * @property {string} code The kind of fault.
 * @property {(value: unknown) => boolean} [value] Of which values; all when left out.
 * @property {string} why
 * @property {string} docs
 */

/** @type {Exception[]} */
export const exceptions = [
  {
    name: 'moments with +00:00',
    path: /./,
    code: 'datetime',
    value: value => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00$/.test(value),
    why: 'The description says date-time (RFC 3339), the generated schema takes only a Z at the end; Discord writes +00:00.',
    docs: 'https://discord.com/developers/docs/reference#iso8601-datetime',
  },
  {
    name: 'permissions of overwrites as texts',
    subject: /^(POST \/guilds\/\{guild_id\}\/channels|PATCH \/channels\/\{channel_id\}|PUT \/channels\/\{channel_id\}\/permissions\/\{overwrite_id\}) request$/,
    path: /^(permission_overwrites\[\d+\]\.)?(allow|deny)$/,
    code: 'invalid_type',
    value: value => typeof value === 'string' && /^\d+$/.test(value),
    why: 'The description says integer; a bit above 2^53 cannot be one in JSON, and since API v8 all permissions are sent as texts.',
    docs: 'https://discord.com/developers/docs/topics/permissions#permissions',
  },
  {
    name: 'codes of form errors as words',
    path: /(^|\.)_errors\[\d+\]\.code$/,
    code: 'invalid_type',
    value: value => typeof value === 'string' && /^[A-Z][A-Z0-9_]+$/.test(value),
    why: 'The description reuses the schema of the outer error, whose code is a number; within a form the codes are words.',
    docs: 'https://discord.com/developers/docs/reference#error-messages',
  },
  {
    name: 'a limit without a code',
    subject: / answer 429$/,
    path: /^code$/,
    code: 'missing_key',
    why: 'The description demands a code; the documentation calls it optional, and its example has none.',
    docs: 'https://discord.com/developers/docs/topics/rate-limits#exceeding-a-rate-limit',
  },
];

/** Tells which exception covers a fault of that subject, if any. */
export const exceptionFor = (subject, fault) => exceptions.find(exception =>
  exception.code === fault.code
  && (exception.subject?.test(subject) ?? true)
  && exception.path.test(fault.path)
  && (exception.value?.(fault.value) ?? true));
