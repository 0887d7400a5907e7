// File uploads in a modal: https://discord.com/developers/docs/components/reference#file-upload
import { h, replaceChildren } from '../dom.js';
import { icon } from '../icons.js';
import { fileSize } from '../time.js';

const accepted = types => types?.map(type => (type.startsWith('.') ? type : `${type}/*`)).join(',');

export function fileField(control, { ids, required }) {
  const least = required ? Math.max(1, control.min_values ?? 1) : control.min_values ?? 0;
  const most = control.max_values ?? 1;
  let files = [];
  const list = h('ul', { class: 'upload-list' });
  const input = h('input', { type: 'file', id: ids.input, multiple: most > 1, accept: accepted(control.file_types), 'aria-describedby': ids.help, onChange: () => add([...input.files]) });
  const zone = h('div', { class: 'upload-zone', onDragover: event => event.preventDefault(), onDrop: dropped }, icon('upload', 22),
    h('span', null, 'Drop files here or ', h('span', { class: 'link' }, 'browse')), h('small', null, most === 1 ? 'One file' : `Up to ${most} files`), input);

  function add(more) {
    files = most === 1 ? more.slice(0, 1) : [...files, ...more].slice(0, most);
    input.value = '';
    draw();
  }

  function dropped(event) {
    event.preventDefault();
    event.stopPropagation();
    add([...event.dataTransfer.files]);
  }

  function draw() {
    replaceChildren(list, files.map(file => h('li', null, icon('file', 18), h('span', null, file.name), h('small', null, fileSize(file.size)),
      h('button', { type: 'button', class: 'icon-button', 'aria-label': `Remove ${file.name}`, onClick: () => { files = files.filter(other => other !== file); draw(); input.focus(); } }, icon('close', 16)))));
  }

  return {
    element: h('div', { class: 'upload' }, zone, list),
    focus: () => input.focus(),
    wrong: () => (files.length === 0 && !required ? null : files.length < least ? (least === 1 ? 'Add a file.' : `Add at least ${least} files.`) : null),
    /** Files travel beside the form; a value names the place of its file among them. */
    answer(all) {
      return { values: files.map(file => String(all.push(file) - 1)) };
    },
  };
}
