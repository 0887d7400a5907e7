// A text area as high as its text, up to half the window.
export function fit(area) {
  area.style.height = 'auto';
  area.style.height = `${Math.min(area.scrollHeight, Math.round(window.innerHeight / 2))}px`;
}

/** Replaces part of the text as if typed, so that undo still works where the browser allows. */
export function insert(area, from, to, text) {
  area.setRangeText(text, from, to, 'end');
  area.dispatchEvent(new Event('input', { bubbles: true }));
}
