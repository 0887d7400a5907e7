// Things that float over the page next to what opened them: menus, lists, cards. One at a time.
import { h } from '../dom.js';

let open = null;

/**
 * Shows `content` beside `anchor` (an element or a point) until a click elsewhere, Escape, or `closePopover`.
 * Focus goes back to where it was.
 */
export function openPopover(anchor, content, { placement = 'below', match = false, onClose, focus = true, keep = false } = {}) {
  closePopover();
  const before = document.activeElement;
  const host = (anchor instanceof Element && anchor.closest('dialog')) || document.getElementById('overlays');
  const holder = h('div', { class: 'popover' }, content);
  host.append(holder);
  place(holder, anchor, placement, match);
  const dismiss = event => {
    if (holder.contains(event.target) || (keep && anchor.contains?.(event.target))) return;
    closePopover();
  };
  const follow = () => place(holder, anchor, placement, match);
  document.addEventListener('pointerdown', dismiss, true);
  window.addEventListener('resize', follow);
  const growth = new ResizeObserver(follow);
  growth.observe(holder);
  open = {
    holder,
    close() {
      document.removeEventListener('pointerdown', dismiss, true);
      window.removeEventListener('resize', follow);
      growth.disconnect();
      const hadFocus = holder.contains(document.activeElement);
      holder.remove();
      onClose?.();
      if (hadFocus && before?.isConnected) before.focus({ preventScroll: true });
    },
  };
  holder.addEventListener('keydown', event => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    closePopover();
  });
  if (focus) (holder.querySelector('[autofocus]') ?? holder.querySelector('button, input, [tabindex="0"]'))?.focus({ preventScroll: true });
  return holder;
}

export function closePopover() {
  const closing = open;
  open = null;
  closing?.close();
}

export const isPopoverOpen = () => open !== null;

function place(holder, anchor, placement, match) {
  const box = anchor instanceof Element ? anchor.getBoundingClientRect() : { left: anchor.x, right: anchor.x, top: anchor.y, bottom: anchor.y, width: 0 };
  if (match) holder.style.width = `${box.width}px`;
  const { width, height } = holder.getBoundingClientRect();
  const gap = anchor instanceof Element ? 6 : 0;
  let left = placement === 'right' ? box.right + gap : placement === 'end' ? box.right - width : box.left;
  let top = placement === 'right' ? box.top : placement === 'above' ? box.top - height - gap : box.bottom + gap;
  if (placement !== 'above' && top + height > innerHeight - 8) top = placement === 'right' || !(anchor instanceof Element) ? innerHeight - height - 8 : box.top - height - gap;
  if (placement === 'above' && top < 8) top = box.bottom + gap;
  if (placement === 'right' && left + width > innerWidth - 8) left = box.left - width - gap;
  left = Math.min(Math.max(8, left), innerWidth - width - 8);
  holder.style.left = `${Math.round(left)}px`;
  holder.style.top = `${Math.round(Math.max(8, top))}px`;
}
