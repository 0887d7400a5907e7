// Our own drawings, on a grid of 24: strokes unless an entry begins with "fill:".

const Paths = {
  hash: 'M10 4 8 20M16 4l-2 16M4.5 9h16M3.5 15h16',
  hashLock: 'M9 4 7 20M13.5 11.5 13 20M4 9h8M3 15h9.5M16.5 8V6.2a2.2 2.2 0 0 1 4.4 0V8M15 8h7v5.5h-7z',
  volume: 'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.3a8 8 0 0 1 0 11.4',
  thread: 'M9 5v9a3 3 0 0 0 3 3h7M15 13l4 4-4 4M9 5H4M9 9H6',
  threadLock: 'M6 4v9a3 3 0 0 0 3 3h3M9 13l3 3-3 3M16.5 12v-2a2.2 2.2 0 0 1 4.4 0v2M15 12h7v6h-7z',
  megaphone: 'M4 10v4l3 .5V18h3v-3l8 3V6L7 9.7z',
  forum: 'M4 5h16v11h-8l-4 4v-4H4zM8 9h8M8 12h5',
  chevron: 'M6 9l6 6 6-6',
  chevronRight: 'M9 6l6 6-6 6',
  close: 'M6 6l12 12M18 6 6 18',
  plus: 'M12 5v14M5 12h14',
  plusCircle: 'fill:M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm1 5v4h4v2h-4v4h-2v-4H7v-2h4V7z',
  people: 'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c0-4 3-6 6.5-6s6.5 2 6.5 6M16 4.3a3.5 3.5 0 0 1 0 6.4M18 14.5c2.2.8 3.5 2.7 3.5 5.5',
  person: 'M12 11a3.8 3.8 0 1 0 0-7.6 3.8 3.8 0 0 0 0 7.6zM4.5 20.5c0-4.5 3.3-6.7 7.5-6.7s7.5 2.2 7.5 6.7',
  pin: 'M9 3h6l-1 6 4 4H6l4-4zM12 13v8',
  reply: 'M10 6 4 12l6 6M4 12h9c4 0 7 2 7 6',
  pencil: 'M4 20l1-4L16 5l3 3L8 19zM14 7l3 3',
  trash: 'M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13M10.5 11v6M13.5 11v6',
  more: 'fill:M6 10.2a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6zm6 0a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6zm6 0a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6z',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  link: 'M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1.5 1.5M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1.5-1.5',
  external: 'M14 4h6v6M20 4l-9 9M18 14v6H4V6h6',
  apps: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 17h6M17 14v6',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4',
  image: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9.5h.01',
  upload: 'M12 16V4M7 9l5-5 5 5M4 15v5h16v-5',
  download: 'M12 4v12M7 11l5 5 5-5M4 20h16',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  eyeOff: 'M4 4l16 16M9.5 6A9 9 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.5a16 16 0 0 1-3.2 3.9M6 7.5A16 16 0 0 0 2.5 12S6 18.5 12 18.5c1.5 0 2.9-.4 4-1',
  lock: 'M8 11V8a4 4 0 0 1 8 0v3M6 11h12v9H6z',
  archive: 'M4 5h16v4H4zM5.5 9v10h13V9M10 13h4',
  warning: 'M12 4 2.5 20h19zM12 10v5M12 17.5h.01',
  arrowRight: 'M5 12h14M13 6l6 6-6 6',
  arrowDown: 'M12 5v14M6 13l6 6 6-6',
  arrowLeft: 'M19 12H5M11 6l-6 6 6 6',
  phone: 'M5 4h4l2 5-2.5 1.5a12 12 0 0 0 5 5L15 13l5 2v4c0 1-1 1.5-2 1.5C11 20 4.5 13.5 3.5 6 3.5 5 4 4 5 4z',
  phoneDown: 'M3 14c5.5-5 12.5-5 18 0l-2.5 3-4-1.5v-2.8a9 9 0 0 0-5 0v2.8L5.5 17z',
  menu: 'M4 6h16M4 12h16M4 18h16',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5 20 20',
  check: 'M5 12.5l4.5 4.5L19 7',
  box: 'M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8',
  send: 'M4 4l17 8-17 8 3-8zM7 12h6',
  at: 'M15.5 12a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0zm0 0v1.5a2.5 2.5 0 0 0 5 0V12a8.5 8.5 0 1 0-3.5 6.9',
  leave: 'M10 4H5v16h5M15 8l4 4-4 4M19 12H9',
  message: 'M4 5h16v12H9l-5 4z',
  slash: 'M15.5 4 8.5 20',
  smile: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.5 10h.01M15.5 10h.01M8 14.5c2 2.6 6 2.6 8 0',
  play: 'fill:M8 5v14l11-7z',
  settings: 'M12 15.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4zM12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.1 2.1M16.3 16.3l2.1 2.1M18.4 5.6l-2.1 2.1M7.7 16.3l-2.1 2.1',
  cloud: 'M7 18a4 4 0 0 1-.5-8A6 6 0 0 1 18 9.5 4.3 4.3 0 0 1 17.5 18z',
  refresh: 'M19.5 12a7.5 7.5 0 1 1-2.2-5.3L20 9.4M20 4v5.4h-5.4',
  crown: 'fill:M4 18h16l1-11-5 4-4-6-4 6-5-4z',
  star: 'fill:M12 3l2.7 5.8 6.3.8-4.6 4.3 1.2 6.3L12 17.1l-5.6 3.1 1.2-6.3L3 9.6l6.3-.8z',
};

const Namespace = 'http://www.w3.org/2000/svg';

/** A decorative drawing, hidden from assistive technology: the control that holds it carries the name. */
export function icon(name, size = 20) {
  const drawing = Paths[name];
  const filled = drawing.startsWith('fill:');
  const svg = document.createElementNS(Namespace, 'svg');
  const attributes = {
    viewBox: '0 0 24 24', width: size, height: size, 'aria-hidden': 'true', class: 'icon',
    fill: filled ? 'currentColor' : 'none', stroke: filled ? 'none' : 'currentColor',
    'stroke-width': '2', 'stroke-linecap': 'round', 'stroke-linejoin': 'round',
  };
  for (const [key, value] of Object.entries(attributes)) svg.setAttribute(key, value);
  const path = document.createElementNS(Namespace, 'path');
  path.setAttribute('d', filled ? drawing.slice(5) : drawing);
  if (filled) path.setAttribute('fill-rule', 'evenodd');
  svg.append(path);
  return svg;
}
