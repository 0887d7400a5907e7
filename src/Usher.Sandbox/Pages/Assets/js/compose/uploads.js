// Files waiting to be sent: from the button, the clipboard, or dropped on the page.
import { h } from '../dom.js';
import { icon } from '../icons.js';
import { toast } from '../overlay/toast.js';
import { may } from '../permissions.js';
import { changed, currentChannel, draftOf } from '../store.js';
import { fileSize } from '../time.js';

const MostFiles = 10;
const previews = new WeakMap();

export function addFiles(files) {
  const channel = currentChannel();
  if (!channel || !files.length) return;
  if (!may(channel, 'attachFiles')) return void toast('You do not have permission to attach files here.');
  const draft = draftOf(channel.id);
  if (draft.files.length + files.length > MostFiles) toast(`Only ${MostFiles} files fit one message.`);
  draft.files = [...draft.files, ...files].slice(0, MostFiles);
  changed('draft');
}

function removeFile(draft, file) {
  draft.files = draft.files.filter(other => other !== file);
  changed('draft');
}

export function renderUploads(draft) {
  return h('ul', { class: 'uploads', 'aria-label': 'Files to send' }, draft.files.map(file => h('li', { class: 'upload-card' },
    h('div', { class: 'upload-preview' }, file.type.startsWith('image/') ? h('img', { src: previewOf(file), alt: '' }) : icon('file', 40)),
    h('div', { class: 'upload-name', title: file.name }, file.name),
    h('small', null, fileSize(file.size)),
    h('button', { type: 'button', class: 'upload-remove', 'aria-label': `Remove ${file.name}`, title: 'Remove', onClick: () => removeFile(draft, file) }, icon('trash', 18)))));
}

function previewOf(file) {
  if (!previews.has(file)) previews.set(file, URL.createObjectURL(file));
  return previews.get(file);
}

export function releasePreviews(files) {
  for (const file of files) if (previews.has(file)) URL.revokeObjectURL(previews.get(file));
}

/** Lets files be dropped anywhere on the conversation. */
export function mountDropping() {
  const zone = document.getElementById('main');
  const veil = h('div', { class: 'drop-veil', hidden: true, 'aria-hidden': 'true' }, h('div', null, icon('upload', 48), h('strong', null, 'Upload to this conversation')));
  zone.append(veil);
  let inside = 0;
  const carriesFiles = event => event.dataTransfer?.types.includes('Files') && currentChannel() && !document.querySelector('dialog[open]');
  zone.addEventListener('dragenter', event => {
    if (!carriesFiles(event)) return;
    inside++;
    veil.hidden = false;
  });
  zone.addEventListener('dragleave', () => {
    inside = Math.max(0, inside - 1);
    veil.hidden = inside === 0;
  });
  zone.addEventListener('dragover', event => carriesFiles(event) && event.preventDefault());
  zone.addEventListener('drop', event => {
    inside = 0;
    veil.hidden = true;
    if (!carriesFiles(event)) return;
    event.preventDefault();
    addFiles([...event.dataTransfer.files]);
  });
}
