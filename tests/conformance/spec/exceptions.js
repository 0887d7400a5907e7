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
];

/** Tells which exception covers a fault of that subject, if any. */
export const exceptionFor = (subject, fault) => exceptions.find(exception =>
  exception.code === fault.code
  && (exception.subject?.test(subject) ?? true)
  && exception.path.test(fault.path)
  && (exception.value?.(fault.value) ?? true));
