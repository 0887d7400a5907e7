// Everything that reaches the document passes here: text becomes text nodes, never markup.

const SafeProtocols = new Set(['http:', 'https:', 'mailto:', 'blob:']);

/** Makes an element. Children that are null or false are left out, lists are flattened, the rest becomes text. */
export function h(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) set(element, name, value);
  append(element, children);
  return element;
}

function set(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (typeof value === 'function') element.addEventListener(name.slice(2).toLowerCase(), value);
  else if (name === 'style') for (const [key, entry] of Object.entries(value)) entry != null && element.style.setProperty(key, entry);
  else if (name === 'dataset') Object.assign(element.dataset, value);
  else if (name === 'class') element.className = Array.isArray(value) ? value.filter(Boolean).join(' ') : value;
  else if (name === 'value') element.value = value;
  else if (name === 'href' || name === 'src') element.setAttribute(name, safeUrl(value));
  else element.setAttribute(name, value === true ? '' : value);
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === '') continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

export function replaceChildren(element, ...children) {
  element.replaceChildren();
  append(element, children);
}

/** An address that cannot run script: anything but a web address, a mail address or a local blob becomes a dead link. */
export function safeUrl(address) {
  try {
    return SafeProtocols.has(new URL(address, location.href).protocol) ? address : '#';
  } catch {
    return '#';
  }
}

const Versions = new WeakMap();

/**
 * Makes the container's children those of the items, in order, keeping what has not changed,
 * so that focus, open spoilers and playing media outlive an update elsewhere.
 */
export function reconcile(container, items, keyOf, versionOf, render) {
  const existing = new Map([...container.children].map(child => [child.dataset.key, child]));
  let previous = null;
  for (const item of items) {
    const key = String(keyOf(item));
    const version = versionOf(item);
    let node = existing.get(key);
    existing.delete(key);
    if (!node || Versions.get(node) !== version) {
      const fresh = render(item);
      fresh.dataset.key = key;
      Versions.set(fresh, version);
      if (node) replaceKeepingFocus(node, fresh);
      node = fresh;
    }
    const wanted = previous ? previous.nextSibling : container.firstChild;
    if (node !== wanted) container.insertBefore(node, wanted);
    previous = node;
  }
  for (const leftover of existing.values()) leftover.remove();
}

/** Puts `fresh` where `old` was; what had the focus in the old one has it in the new one. */
export function replaceKeepingFocus(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
  old.replaceWith(fresh);
  if (!focused) return;
  const successor = fresh.dataset.focus === focused ? fresh : fresh.querySelector(`[data-focus="${CSS.escape(focused)}"]`);
  successor?.focus();
}

/** Renders anew into a container and gives the focus back to the element with the same `data-focus`. */
export function renderInto(container, ...children) {
  const focused = container.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
  const scroller = container.querySelector('[data-scroll]');
  const top = scroller?.scrollTop ?? 0;
  replaceChildren(container, ...children);
  const next = container.querySelector('[data-scroll]');
  if (next) next.scrollTop = top;
  if (focused) container.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
}

let announcements = 0;

/** Says something to those who listen to the page instead of looking at it. */
export function announce(text) {
  const announcer = document.getElementById('announcer');
  announcer.textContent = announcements++ % 2 ? `${text} ` : text;
}

let ids = 0;
export const uniqueId = prefix => `${prefix}-${++ids}`;
